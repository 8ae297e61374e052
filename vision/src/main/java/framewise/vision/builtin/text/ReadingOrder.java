package framewise.vision.builtin.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Sorts pieces of text into reading order: rotated back by their median angle, then row by row from
 * the top, each row from the left.
 */
final class ReadingOrder {
  /** Pieces share a row when their middles are closer than this share of the lower one's height. */
  private static final double SAME_ROW = 0.5;

  private ReadingOrder() {}

  private record PlacedLine(TextLine line, double x, double y) {
    double height() {
      return line.box().height();
    }
  }

  /** Rows, none of them empty. */
  static List<List<TextLine>> rows(List<TextLine> lines) {
    if (lines.isEmpty()) {
      return List.of();
    }
    double angle =
        lines.stream().mapToDouble(line -> line.box().angle()).sorted().toArray()[lines.size() / 2];
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    List<PlacedLine> placed =
        lines.stream()
            .map(
                line ->
                    new PlacedLine(
                        line,
                        line.box().centreX() * cos + line.box().centreY() * sin,
                        line.box().centreY() * cos - line.box().centreX() * sin))
            .sorted(Comparator.comparingDouble(PlacedLine::y))
            .toList();
    List<List<PlacedLine>> rows = new ArrayList<>();
    for (PlacedLine piece : placed) {
      if (!rows.isEmpty() && sameRow(rows.getLast(), piece)) {
        rows.getLast().add(piece);
      } else {
        rows.add(new ArrayList<>(List.of(piece)));
      }
    }
    return rows.stream()
        .map(
            row ->
                row.stream()
                    .sorted(Comparator.comparingDouble(PlacedLine::x))
                    .map(PlacedLine::line)
                    .toList())
        .toList();
  }

  private static boolean sameRow(List<PlacedLine> row, PlacedLine piece) {
    return row.stream()
        .allMatch(
            other ->
                Math.abs(other.y - piece.y) < SAME_ROW * Math.min(other.height(), piece.height()));
  }
}
