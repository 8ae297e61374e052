package framewise.media.picture;

import framewise.media.NotAVideoException;

/** Size limits of pictures. */
public final class PictureLimits {
  /** Maximum pixels per side. */
  public static final int MAX_SIDE = 8192;

  /** Maximum pixels per picture: a frame takes 96 MB as I420 in the decoder. */
  public static final long MAX_PIXELS = 64L << 20;

  private PictureLimits() {}

  /**
   * Checks a picture's size in pixels.
   *
   * @throws NotAVideoException when it is above a limit
   */
  public static void requireSize(int width, int height) throws NotAVideoException {
    if (width > MAX_SIDE || height > MAX_SIDE || (long) width * height > MAX_PIXELS) {
      throw new NotAVideoException(
          "The video's pictures are %dx%d pixels; at most %d a side are allowed. Scale it down first."
              .formatted(width, height, MAX_SIDE));
    }
  }
}
