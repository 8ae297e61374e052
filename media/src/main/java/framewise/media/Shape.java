package framewise.media;

import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * How a coded picture becomes an upright one with square pixels.
 *
 * @param width pixels of the upright picture at full size
 * @param height pixels of the upright picture at full size
 * @param turn what makes it upright
 */
record Shape(int width, int height, Turn turn) {
  /**
   * The shape of one picture.
   *
   * @param pixelAspect how wide its pixels are, where they are one high
   */
  static Shape of(AVFrame picture, double pixelAspect, Turn turn) {
    long width = Math.round(picture.width() * pixelAspect);
    int wide = Math.clamp(width, 1, Integer.MAX_VALUE);
    int high = picture.height();
    return turn.transposed() ? new Shape(high, wide, turn) : new Shape(wide, high, turn);
  }

  /** The same shape, made no larger than the size. */
  Shape fit(FrameSize size) {
    FrameSize.Fitted fitted = size.fit(width, height);
    return new Shape(fitted.width(), fitted.height(), turn);
  }

  long pixels() {
    return (long) width * height;
  }
}
