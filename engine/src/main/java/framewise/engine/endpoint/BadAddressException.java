package framewise.engine.endpoint;

/** Thrown for an invalid endpoint address. The message says what is wrong. */
public final class BadAddressException extends RuntimeException {
  BadAddressException(String sentence) {
    super(sentence);
  }
}
