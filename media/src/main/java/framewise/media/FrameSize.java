package framewise.media;

/**
 * How large frames are made while they are converted. The picture keeps its shape and is never
 * enlarged.
 *
 * @param longestSide pixels, 16 to 8192
 */
public record FrameSize(int longestSide) {
  public FrameSize {
    if (longestSide < 16 || longestSide > 8192) {
      throw new IllegalArgumentException("longest side must be 16 to 8192, not " + longestSide);
    }
  }
}
