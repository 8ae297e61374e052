package framewise.engine.endpoint;

/** Thrown for an address of an endpoint that can't be used. The message says what is wrong. */
public final class BadAddressException extends RuntimeException {
  BadAddressException(String sentence) {
    super(sentence);
  }
}
