package framewise.media.picture;

import java.lang.foreign.ValueLayout;

/**
 * A small brightness picture for block-by-block comparison. Differences that occur in a still scene
 * (noise, compression, exposure) count as no change. Immutable.
 */
public final class LumaGrid {
  /** Pixels along the longest side. */
  private static final int SIDE = 160;

  private static final int BLOCK = 8;

  /** Threshold, of 256 levels. Blocks of H.264 video of a still scene differ by 1 to 4. */
  private static final double CHANGED = 8;

  private final byte[] luma;
  private final int width;
  private final int height;

  /** Receives each block that differs. */
  public interface Blocks {
    void add(int column, int row);
  }

  private LumaGrid(byte[] luma, int width, int height) {
    this.luma = luma;
    this.width = width;
    this.height = height;
  }

  /** Makes the grid of a picture, which the caller still owns. */
  public static LumaGrid of(Frame frame) {
    double scale = SIDE / (double) Math.max(frame.width(), frame.height());
    int width = Math.max(BLOCK, (int) Math.round(frame.width() * scale));
    int height = Math.max(BLOCK, (int) Math.round(frame.height() * scale));
    try (Frame small = frame.convert(width, height, PixelFormat.GRAY8)) {
      return new LumaGrid(small.pixels().toArray(ValueLayout.JAVA_BYTE), width, height);
    }
  }

  public int columns() {
    return width / BLOCK;
  }

  public int rows() {
    return height / BLOCK;
  }

  /** Whether the other picture has the same shape and can be compared. */
  public boolean isLike(LumaGrid other) {
    return other.width == width && other.height == height;
  }

  /**
   * Finds the blocks that differ after both pictures are made equally bright.
   *
   * @throws IllegalArgumentException when {@link #isLike} does not hold
   */
  public void differences(LumaGrid later, Blocks found) {
    if (!isLike(later)) {
      throw new IllegalArgumentException("only pictures of one shape can be compared");
    }
    double brighter = mean(later.luma) - mean(luma);
    for (int row = 0; row < rows(); row++) {
      for (int column = 0; column < columns(); column++) {
        if (difference(later, column * BLOCK, row * BLOCK, brighter) > CHANGED) {
          found.add(column, row);
        }
      }
    }
  }

  /** The share of blocks that differ, 0 to 1; 1 for a picture of another shape. */
  public double changed(LumaGrid later) {
    if (!isLike(later)) {
      return 1;
    }
    int[] count = {0};
    differences(later, (column, row) -> count[0]++);
    return count[0] / (double) (columns() * rows());
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
