package framewise.vision.builtin.picture;

import framewise.media.picture.Frame;
import framewise.media.picture.PixelFormat;
import java.lang.foreign.ValueLayout;

/**
 * Packed pixels on the heap: blue, green, red, row by row without padding. Immutable and
 * thread-safe; outlives its frame.
 */
public final class Picture {
  private final byte[] bgr;
  private final int width;
  private final int height;

  /**
   * @param bgr three bytes per pixel; kept, not copied
   */
  public Picture(byte[] bgr, int width, int height) {
    if (width < 1 || height < 1 || bgr.length != 3L * width * height) {
      throw new IllegalArgumentException(
          bgr.length + " bytes are no BGR picture of " + width + "x" + height);
    }
    this.bgr = bgr;
    this.width = width;
    this.height = height;
  }

  /** A copy of the frame's pixels. */
  public static Picture of(Frame frame) {
    if (frame.format() == PixelFormat.BGR24) {
      return new Picture(
          frame.pixels().toArray(ValueLayout.JAVA_BYTE), frame.width(), frame.height());
    }
    return of(frame, frame.width(), frame.height());
  }

  /** A copy of the frame, stretched to the given size. */
  public static Picture of(Frame frame, int width, int height) {
    if (frame.format() == PixelFormat.BGR24 && frame.width() == width && frame.height() == height) {
      return of(frame);
    }
    try (Frame converted = frame.convert(width, height, PixelFormat.BGR24)) {
      return of(converted);
    }
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** One sample, 0 to 255; channel 0 is blue, 1 green, 2 red. */
  public int sample(int x, int y, int channel) {
    return bgr[(y * width + x) * 3 + channel] & 0xff;
  }

  /** Copies a row of pixels into another picture's bytes, starting at {@code from}. */
  public void copyRow(int y, byte[] target, int from) {
    System.arraycopy(bgr, y * width * 3, target, from, width * 3);
  }
}
