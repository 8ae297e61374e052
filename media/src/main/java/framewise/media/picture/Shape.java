package framewise.media.picture;

import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * How to turn a coded picture into an upright one with square pixels.
 *
 * @param width pixels of the upright picture at full size
 * @param height pixels of the upright picture at full size
 * @param turn the transformation that makes it upright
 */
public record Shape(int width, int height, Turn turn) {
  /**
   * The shape of one picture.
   *
   * @param pixelAspect width of a pixel divided by its height
   */
  static Shape of(AVFrame picture, double pixelAspect, Turn turn) {
    long width = Math.round(picture.width() * pixelAspect);
    int wide = Math.clamp(width, 1, Integer.MAX_VALUE);
    int high = picture.height();
    return turn.transposed() ? new Shape(high, wide, turn) : new Shape(wide, high, turn);
  }

  /** The same shape, scaled down to fit the size. */
  Shape fit(FrameSize size) {
    FrameSize.Fitted fitted = size.fit(width, height);
    return new Shape(fitted.width(), fitted.height(), turn);
  }

  /** Number of pixels of the upright picture. */
  public long pixels() {
    return (long) width * height;
  }
}
