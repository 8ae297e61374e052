package framewise.media.picture;

import framewise.media.MediaTime;
import framewise.media.OutOfRangeException;
import java.lang.foreign.MemorySegment;

/**
 * A picture in three planes anywhere in memory, with any row pitch, as other decoders return it.
 * Pixels are copied only when a frame is made.
 *
 * @param width pixels as coded, 1 to 8192
 * @param height pixels as coded, 1 to 8192
 * @param y luma
 * @param u blue difference, half the size each way, rounded up
 * @param v red difference, like {@code u}
 */
public record I420Picture(int width, int height, Rows y, Rows u, Rows v) {
  /**
   * Rows of samples in memory.
   *
   * @param samples starts with the first sample
   * @param stride bytes from one row to the next
   */
  public record Rows(MemorySegment samples, int stride) {}

  /**
   * @throws OutOfRangeException a side out of range
   * @throws IllegalArgumentException a plane with fewer samples than the picture has
   */
  public I420Picture {
    requireSide("width", width);
    requireSide("height", height);
    var planes = PixelFormat.I420.planes(width, height);
    Rows[] rows = {y, u, v};
    for (int i = 0; i < rows.length; i++) {
      PixelFormat.Plane plane = planes.get(i);
      long needed = (long) rows[i].stride * (plane.height() - 1) + plane.width();
      if (rows[i].stride < plane.width() || rows[i].samples.byteSize() < needed) {
        throw new IllegalArgumentException(
            "plane %d of a picture of %dx%d has too few samples".formatted(i, width, height));
      }
    }
  }

  /**
   * Makes an upright frame with a copy of the pixels.
   *
   * @param clockwise rotation that makes the picture upright: 0, 90, 180 or 270 degrees
   */
  public Frame toFrame(int clockwise, MediaTime time) {
    Orientation turn = Orientation.clockwise(clockwise);
    FramePool.Buffer coded = copy();
    if (turn.equals(Orientation.NONE)) {
      return new Frame(time, width, height, PixelFormat.I420, coded);
    }
    int wide = turn.transposed() ? height : width;
    int high = turn.transposed() ? width : height;
    try (coded) {
      FramePool.Buffer upright = FramePool.take(PixelFormat.I420.bytes(wide, high));
      turn.apply(coded.segment(), upright.segment(), PixelFormat.I420, wide, high);
      return new Frame(time, wide, high, PixelFormat.I420, upright);
    }
  }

  private FramePool.Buffer copy() {
    FramePool.Buffer target = FramePool.take(PixelFormat.I420.bytes(width, height));
    var planes = PixelFormat.I420.planes(width, height);
    Rows[] rows = {y, u, v};
    try {
      for (int i = 0; i < rows.length; i++) {
        copy(rows[i], target.segment(), planes.get(i));
      }
    } catch (RuntimeException e) {
      target.close();
      throw e;
    }
    return target;
  }

  private static void copy(Rows from, MemorySegment to, PixelFormat.Plane plane) {
    if (from.stride == plane.width()) {
      long bytes = (long) plane.width() * plane.height();
      MemorySegment.copy(from.samples, 0, to, plane.offset(), bytes);
      return;
    }
    for (int row = 0; row < plane.height(); row++) {
      MemorySegment.copy(
          from.samples,
          (long) row * from.stride,
          to,
          plane.offset() + (long) row * plane.width(),
          plane.width());
    }
  }

  private static void requireSide(String name, int pixels) {
    if (pixels < 1 || pixels > PictureLimits.MAX_SIDE) {
      throw new OutOfRangeException(name, pixels, "from 1 to " + PictureLimits.MAX_SIDE);
    }
  }
}
