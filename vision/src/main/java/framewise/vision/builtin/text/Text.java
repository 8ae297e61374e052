package framewise.vision.builtin.text;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The text in a picture.
 *
 * @param rows from top to bottom, each from left to right, none empty
 * @param unread pieces found but not read, because there were too many
 */
public record Text(List<List<TextLine>> rows, int unread) {
  static final Text NONE = new Text(List.of(), 0);

  public Text {
    rows = rows.stream().map(List::copyOf).toList();
  }

  /** One string per row, its pieces joined by spaces. */
  public List<String> lines() {
    return rows.stream()
        .map(row -> row.stream().map(TextLine::text).collect(Collectors.joining(" ")))
        .toList();
  }
}
