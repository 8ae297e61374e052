package framewise.vision.builtin.scene;

import framewise.media.Frame;
import framewise.media.PixelFormat;
import java.lang.foreign.ValueLayout;

/** A small picture of brightness that is compared block by block. */
final class LumaGrid {
  /** Pixels along the longest side. */
  private static final int SIDE = 160;

  private static final int BLOCK = 8;

  /** Of 256 levels. Blocks of H.264 video of a still scene differ by 1 to 4. */
  private static final double CHANGED = 8;

  private final byte[] luma;
  private final int width;
  private final int height;

  private LumaGrid(byte[] luma, int width, int height) {
    this.luma = luma;
    this.width = width;
    this.height = height;
  }

  static LumaGrid of(Frame frame) {
    double scale = SIDE / (double) Math.max(frame.width(), frame.height());
    int width = Math.max(BLOCK, (int) Math.round(frame.width() * scale));
    int height = Math.max(BLOCK, (int) Math.round(frame.height() * scale));
    try (Frame small = frame.convert(width, height, PixelFormat.GRAY8)) {
      return new LumaGrid(small.pixels().toArray(ValueLayout.JAVA_BYTE), width, height);
    }
  }

  /** The blocks that differ once both are equally bright; both grids must be of one size. */
  Changes to(LumaGrid later) {
    if (later.width != width || later.height != height) {
      throw new IllegalArgumentException("the frames of a clip have one shape");
    }
    double brighter = mean(later.luma) - mean(luma);
    int columns = width / BLOCK;
    int rows = height / BLOCK;
    Changes.Builder changes = new Changes.Builder(columns, rows);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        if (difference(later, column * BLOCK, row * BLOCK, brighter) > CHANGED) {
          changes.add(column, row);
        }
      }
    }
    return changes.build();
  }

  private double difference(LumaGrid later, int left, int top, double brighter) {
    double sum = 0;
    for (int y = top; y < top + BLOCK; y++) {
      for (int x = left; x < left + BLOCK; x++) {
        int at = y * width + x;
        sum += Math.abs((later.luma[at] & 0xff) - (luma[at] & 0xff) - brighter);
      }
    }
    return sum / (BLOCK * BLOCK);
  }

  private static double mean(byte[] luma) {
    long sum = 0;
    for (byte b : luma) {
      sum += b & 0xff;
    }
    return sum / (double) luma.length;
  }
}
