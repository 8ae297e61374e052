package framewise.media.picture;

import framewise.media.OutOfRangeException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.bytedeco.javacpp.IntPointer;

/**
 * The transformation that makes a coded picture upright: a quarter turn, a mirror, or both. The
 * point (x, y) of the upright picture comes from the coded picture after mirroring x and y and
 * then, if transposed, swapping them.
 */
record Orientation(boolean transposed, boolean mirrorX, boolean mirrorY) {
  static final Orientation NONE = new Orientation(false, false, false);

  /**
   * Reads a display matrix: nine 16.16 numbers, a b u c d v x y w, which map a coded point (p, q)
   * to (a p + c q, b p + d q). Angles are rounded to the nearest quarter. See ISO/IEC 14496-12,
   * 8.3.2.3, and FFmpeg's display.h.
   */
  static Orientation ofMatrix(IntPointer matrix) {
    return ofMatrix(matrix.get(0), matrix.get(1), matrix.get(3), matrix.get(4));
  }

  static Orientation ofMatrix(int a, int b, int c, int d) {
    boolean transposed =
        Math.abs((long) b) + Math.abs((long) c) > Math.abs((long) a) + Math.abs((long) d);
    return transposed ? new Orientation(true, c < 0, b < 0) : new Orientation(false, a < 0, d < 0);
  }

  /** A rotation by 0, 90, 180 or 270 degrees clockwise. */
  static Orientation clockwise(int degrees) {
    return switch (degrees) {
      case 0 -> NONE;
      case 90 -> new Orientation(true, true, false);
      case 180 -> new Orientation(false, true, true);
      case 270 -> new Orientation(true, false, true);
      default -> throw new OutOfRangeException("rotation", degrees, "0, 90, 180 or 270");
    };
  }

  /** Copies a coded picture to an upright one of the given size. */
  void apply(
      MemorySegment coded, MemorySegment upright, PixelFormat format, int width, int height) {
    var from = format.planes(transposed ? height : width, transposed ? width : height);
    var to = format.planes(width, height);
    for (int i = 0; i < to.size(); i++) {
      PixelFormat.Plane source = from.get(i);
      PixelFormat.Plane target = to.get(i);
      copy(
          coded.asSlice(source.offset(), (long) source.rowBytes() * source.height()),
          upright.asSlice(target.offset(), (long) target.rowBytes() * target.height()),
          target);
    }
  }

  private void copy(MemorySegment coded, MemorySegment upright, PixelFormat.Plane plane) {
    int width = plane.width();
    int height = plane.height();
    int bytes = plane.sampleBytes();
    long stepX = transposed ? (long) height * bytes : bytes;
    long stepY = transposed ? bytes : (long) width * bytes;
    long origin = (mirrorX ? (width - 1) * stepX : 0) + (mirrorY ? (height - 1) * stepY : 0);
    long dx = mirrorX ? -stepX : stepX;
    long dy = mirrorY ? -stepY : stepY;
    long out = 0;
    for (int y = 0; y < height; y++) {
      long in = origin + y * dy;
      for (int x = 0; x < width; x++, in += dx, out += bytes) {
        for (int b = 0; b < bytes; b++) {
          upright.set(ValueLayout.JAVA_BYTE, out + b, coded.get(ValueLayout.JAVA_BYTE, in + b));
        }
      }
    }
  }
}
