package framewise.media.picture;

import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * How to turn a coded picture into an upright one with square pixels.
 *
 * @param width pixels of the upright picture at full size
 * @param height pixels of the upright picture at full size
 * @param turn the transformation that makes it upright
 */
public record PictureGeometry(int width, int height, Orientation turn) {
  /**
   * The shape of one picture.
   *
   * @param pixelAspect width of a pixel divided by its height
   */
  static PictureGeometry of(AVFrame picture, double pixelAspect, Orientation turn) {
    long width = Math.round(picture.width() * pixelAspect);
    int wide = Math.clamp(width, 1, Integer.MAX_VALUE);
    int high = picture.height();
    return turn.transposed()
        ? new PictureGeometry(high, wide, turn)
        : new PictureGeometry(wide, high, turn);
  }

  /** The same shape, scaled down to fit the size. */
  PictureGeometry fit(FrameSize size) {
    FrameSize.Dimensions fitted = size.fit(width, height);
    return new PictureGeometry(fitted.width(), fitted.height(), turn);
  }

  /** Number of pixels of the upright picture. */
  public long pixels() {
    return (long) width * height;
  }
}
