package framewise.server.tls;

/**
 * Thrown when FRAMEWISE_TLS can't be applied. The message says why and what to do, in a line for a
 * person.
 */
public final class TlsException extends RuntimeException {
  TlsException(String sentence) {
    super(sentence);
  }

  TlsException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
