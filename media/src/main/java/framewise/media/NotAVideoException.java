package framewise.media;

/** A file without supported video. The message is a sentence for users. */
public final class NotAVideoException extends Exception {
  public NotAVideoException(String message) {
    super(message);
  }
}
