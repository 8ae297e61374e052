package framewise.engine.source;

import framewise.media.Frame;
import framewise.media.FrameSize;
import framewise.media.PixelFormat;
import framewise.media.VideoInfo;

/** How large pictures are, and how their pixels lie. */
public enum PictureForm {
  /** For models that are asked about clips: exact, at most 1280 pixels a side. */
  CLIP(PixelFormat.BGR24),
  /** For services that take the stream: at most 720p; up to half an interval off in a file. */
  STREAM(PixelFormat.I420);

  private static final double LONG_SIDE = 1280;
  private static final double SHORT_SIDE = 720;
  private static final int SMALLEST_SIDE = 16;

  private final PixelFormat format;

  PictureForm(PixelFormat format) {
    this.format = format;
  }

  PixelFormat format() {
    return format;
  }

  /** The size of a video's pictures. */
  FrameSize size(VideoInfo video) {
    double longest = Math.max(video.width(), video.height());
    double side = Math.floor(longest * scale(video.width(), video.height()));
    return new FrameSize(this == CLIP ? (int) LONG_SIDE : (int) Math.max(SMALLEST_SIDE, side));
  }

  /**
   * The picture in this form.
   *
   * @param picture is closed, or given back as it is
   */
  Frame of(Frame picture) {
    double scale = scale(picture.width(), picture.height());
    if (scale == 1 && picture.format() == format) {
      return picture;
    }
    try (picture) {
      return picture.convert(
          (int) Math.max(1, picture.width() * scale),
          (int) Math.max(1, picture.height() * scale),
          format);
    }
  }

  private double scale(int width, int height) {
    double side = LONG_SIDE / Math.max(width, height);
    return Math.min(1, this == CLIP ? side : Math.min(side, SHORT_SIDE / Math.min(width, height)));
  }
}
