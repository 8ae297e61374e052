package framewise.engine.delivery.mqtt;

/** Thrown when a broker can't be reached or refuses. The message is a sentence for people. */
final class BrokerException extends Exception {
  BrokerException(String sentence) {
    super(sentence);
  }

  String sentence() {
    return String.valueOf(getMessage());
  }
}
