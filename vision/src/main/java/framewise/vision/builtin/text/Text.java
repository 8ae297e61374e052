package framewise.vision.builtin.text;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The text of a picture.
 *
 * @param rows from the top, each from the left, none of them empty
 * @param unread how many more pieces were found but not read, because there were too many
 */
public record Text(List<List<TextLine>> rows, int unread) {
  static final Text NONE = new Text(List.of(), 0);

  public Text {
    rows = rows.stream().map(List::copyOf).toList();
  }

  /** One string a row, its pieces joined by a space. */
  public List<String> lines() {
    return rows.stream()
        .map(row -> row.stream().map(TextLine::text).collect(Collectors.joining(" ")))
        .toList();
  }
}
