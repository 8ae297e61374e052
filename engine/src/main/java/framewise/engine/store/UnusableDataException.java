package framewise.engine.store;

/**
 * Thrown when the data folder can't be used: its database is damaged, missing or of a newer
 * version, or the disk is full. The message says what to do.
 */
public final class UnusableDataException extends RuntimeException {
  public UnusableDataException(String sentence) {
    super(sentence);
  }

  public UnusableDataException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
