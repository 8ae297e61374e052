package framewise.media;

/** The file holds no video that Framewise takes. The message is a sentence for a person. */
public final class NotAVideoException extends Exception {
  public NotAVideoException(String message) {
    super(message);
  }
}
