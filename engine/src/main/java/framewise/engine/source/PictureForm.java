package framewise.engine.source;

import framewise.media.picture.Frame;
import framewise.media.picture.FrameSize;
import framewise.media.picture.PixelFormat;

/** Size and memory layout of pictures. */
public enum PictureForm {
  /** For models that get clips: exact times, at most 1280 pixels a side. */
  CLIP(PixelFormat.BGR24, 1280, 1280),
  /**
   * For services that take the stream: at most 720p; in a file, times may be off by up to half an
   * interval.
   */
  STREAM(PixelFormat.I420, 1280, 720);

  private final PixelFormat format;
  private final int longestSide;
  private final int shortestSide;

  PictureForm(PixelFormat format, int longestSide, int shortestSide) {
    this.format = format;
    this.longestSide = longestSide;
    this.shortestSide = shortestSide;
  }

  PixelFormat format() {
    return format;
  }

  /** Maximum size of each picture; pictures of one video may differ in size. */
  FrameSize size() {
    return new FrameSize(longestSide, shortestSide);
  }

  /**
   * Converts the picture to this form.
   *
   * @param picture closed, or returned as it is
   */
  Frame of(Frame picture) {
    FrameSize.Dimensions fitted = size().fit(picture.width(), picture.height());
    boolean fits = fitted.width() == picture.width() && fitted.height() == picture.height();
    if (fits && picture.format() == format) {
      return picture;
    }
    try (picture) {
      return picture.convert(fitted.width(), fitted.height(), format);
    }
  }
}
