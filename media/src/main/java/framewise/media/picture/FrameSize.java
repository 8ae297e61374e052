package framewise.media.picture;

/**
 * The maximum size of converted frames. Frames keep their aspect ratio and are never enlarged.
 *
 * @param longestSide maximum long side, 16 to 8192 pixels
 * @param shortestSide maximum short side, 16 to {@code longestSide} pixels
 */
public record FrameSize(int longestSide, int shortestSide) {
  public FrameSize {
    if (longestSide < 16 || longestSide > 8192) {
      throw new IllegalArgumentException("longest side must be 16 to 8192, not " + longestSide);
    }
    if (shortestSide < 16 || shortestSide > longestSide) {
      throw new IllegalArgumentException(
          "shortest side must be 16 to %d, not %d".formatted(longestSide, shortestSide));
    }
  }

  /** Limits only the longer side. */
  public FrameSize(int longestSide) {
    this(longestSide, longestSide);
  }

  /** The size of a picture that fits, in pixels. */
  public record Dimensions(int width, int height) {
    public long pixels() {
      return (long) width * height;
    }
  }

  /** The size that a picture of the given size is scaled to; never enlarged. */
  public Dimensions fit(int width, int height) {
    double scale =
        Math.min(
            1,
            Math.min(
                (double) longestSide / Math.max(width, height),
                (double) shortestSide / Math.min(width, height)));
    return new Dimensions(
        (int) Math.max(1, Math.round(width * scale)),
        (int) Math.max(1, Math.round(height * scale)));
  }
}
