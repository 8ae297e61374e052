package framewise.media;

/** Size limits of pictures. */
final class Limits {
  /** Maximum pixels per side. */
  static final int MAX_SIDE = 8192;

  /** Maximum pixels per picture: a frame takes 96 MB as I420 in the decoder. */
  static final long MAX_PIXELS = 64L << 20;

  private Limits() {}

  static void requireSize(int width, int height) throws NotAVideoException {
    if (width > MAX_SIDE || height > MAX_SIDE || (long) width * height > MAX_PIXELS) {
      throw new NotAVideoException(
          "The video's pictures are %dx%d pixels; at most %d a side are allowed. Scale it down first."
              .formatted(width, height, MAX_SIDE));
    }
  }
}
