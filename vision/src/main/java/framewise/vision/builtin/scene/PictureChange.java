package framewise.vision.builtin.scene;

import framewise.media.picture.LumaGrid;
import java.util.Optional;

/**
 * The difference between two pictures.
 *
 * @param share part of the picture, 0 to 1
 * @param x centre of the changed places; 0 is the left edge, 1 the right
 * @param y the same; 0 is the top
 * @param spread their average distance from that centre, as a part of the picture
 */
record PictureChange(double share, double x, double y, double spread) {
  /** Maximum spread of a single thing's changes. */
  private static final double COMPACT = 0.2;

  /** Compares two pictures of the same shape. */
  static PictureChange between(LumaGrid earlier, LumaGrid later) {
    var changes = new Builder(earlier.columns(), earlier.rows());
    earlier.differences(later, changes::add);
    return changes.build();
  }

  boolean compact() {
    return share > 0 && spread <= COMPACT;
  }

  /** The place in words, if there is just one. */
  Optional<String> where() {
    if (!compact()) {
      return Optional.empty();
    }
    int column = (int) Math.min(2, x * 3);
    int row = (int) Math.min(2, y * 3);
    String across = new String[] {"left", "", "right"}[column];
    String down = new String[] {"upper", "", "lower"}[row];
    if (across.isEmpty() && down.isEmpty()) {
      return Optional.of("in the middle");
    }
    if (across.isEmpty()) {
      return Optional.of(row == 0 ? "at the top" : "at the bottom");
    }
    return Optional.of(down.isEmpty() ? "at the " + across : "at the " + down + " " + across);
  }

  /** Collects the changed blocks of a picture with the given columns and rows. */
  private static final class Builder {
    private final int columns;
    private final int rows;
    private int count;
    private double sumX;
    private double sumY;
    private double sumSquares;

    Builder(int columns, int rows) {
      this.columns = columns;
      this.rows = rows;
    }

    void add(int column, int row) {
      double x = (column + 0.5) / columns;
      double y = (row + 0.5) / rows;
      count++;
      sumX += x;
      sumY += y;
      sumSquares += x * x + y * y;
    }

    PictureChange build() {
      if (count == 0) {
        return new PictureChange(0, 0, 0, 0);
      }
      double x = sumX / count;
      double y = sumY / count;
      double variance = Math.max(0, sumSquares / count - x * x - y * y);
      return new PictureChange(count / (double) (columns * rows), x, y, Math.sqrt(variance));
    }
  }
}
