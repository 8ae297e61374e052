package framewise.engine.store.postgres;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Rows in the text format of {@code COPY}
 * (https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.2).
 */
final class CopyText {
  private CopyText() {}

  /** The current row, including the line end. */
  static byte[] row(ResultSet row, int columns) throws SQLException {
    var line = new StringBuilder();
    for (int i = 1; i <= columns; i++) {
      line.append(i == 1 ? "" : "\t").append(value(row.getObject(i)));
    }
    return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  static String value(@Nullable Object value) {
    return switch (value) {
      case null -> "\\N";
      case byte[] bytes -> "\\\\x" + HexFormat.of().formatHex(bytes);
      default -> escaped(value.toString());
    };
  }

  /** Escapes a text. Replaces NUL characters, which PostgreSQL can't store. */
  private static String escaped(String text) {
    return text.replace("\\", "\\\\")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\t", "\\t")
        .replace('\0', '\uFFFD');
  }
}
