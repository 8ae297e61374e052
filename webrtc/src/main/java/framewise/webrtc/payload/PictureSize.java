package framewise.webrtc.payload;

/**
 * The size of a coded picture, as its header declares it.
 *
 * @param width pixels
 * @param height pixels
 */
public record PictureSize(int width, int height) {
  /** Whether no side is longer. */
  public boolean fits(int maxSide) {
    return width <= maxSide && height <= maxSide;
  }
}
