package framewise.media;

/**
 * FFmpeg refused what it should have done: out of memory, a disk that is full, a picture that
 * cannot be converted. What was wrong with an untrusted file is a {@link NotAVideoException}
 * instead.
 */
public final class MediaFault extends RuntimeException {
  public MediaFault(String message) {
    super(message);
  }
}
