package framewise.media;

/**
 * How large frames are made while they are converted. The picture keeps its shape and is never
 * enlarged.
 *
 * @param longestSide pixels at most along the longer side, 16 to 8192
 * @param shortestSide pixels at most along the shorter side, 16 to {@code longestSide}
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

  /** No limit but that of the longer side. */
  public FrameSize(int longestSide) {
    this(longestSide, longestSide);
  }

  /** Pixels of a picture that fits. */
  public record Fitted(int width, int height) {
    public long pixels() {
      return (long) width * height;
    }
  }

  /** The size of a picture of this shape that fits; never larger than it is. */
  public Fitted fit(int width, int height) {
    double scale =
        Math.min(
            1,
            Math.min(
                (double) longestSide / Math.max(width, height),
                (double) shortestSide / Math.min(width, height)));
    return new Fitted(
        (int) Math.max(1, Math.round(width * scale)),
        (int) Math.max(1, Math.round(height * scale)));
  }
}
