package framewise.server.tls;

/** FRAMEWISE_TLS cannot be done. The message says why and what to do, in a line for a person. */
public final class TlsException extends RuntimeException {
  TlsException(String sentence) {
    super(sentence);
  }

  TlsException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
