package framewise.media;

/**
 * A failure inside FFmpeg: out of memory, a full disk, a picture that it cannot convert. A defect
 * of an untrusted file is a {@link NotAVideoException} instead.
 */
public final class MediaFault extends RuntimeException {
  public MediaFault(String message) {
    super(message);
  }
}
