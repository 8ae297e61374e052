package framewise.engine.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Database file that is only inspected or copied. A service may have it open at the same time. */
public final class OfflineDatabase {
  private static final int MAX_PROBLEMS = 10;

  private OfflineDatabase() {}

  /** Opens a plain connection that enforces foreign keys. */
  public static Connection open(Path file) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (var statement = connection.createStatement()) {
      statement.execute("PRAGMA foreign_keys = on");
      statement.execute("PRAGMA busy_timeout = 5000");
    }
    return connection;
  }

  /** Version of its schema. */
  public static int version(Path file) throws SQLException {
    return Integer.parseInt(strings(file, "PRAGMA user_version").getFirst());
  }

  /** Newest schema version that this program supports. */
  public static int newestVersion() {
    return Schema.version();
  }

  /** Faults found by SQLite's full integrity check, at most ten lines; empty for a sound file. */
  public static List<String> problems(Path file) {
    try {
      DatabaseFile.requireWhole(file);
      List<String> found = strings(file, "PRAGMA integrity_check(" + MAX_PROBLEMS + ")");
      return found.equals(List.of("ok")) ? List.of() : found;
    } catch (UnusableDataException | SQLException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Copies a consistent snapshot of a file, without unused pages.
   *
   * @param to must not exist yet
   */
  public static void snapshot(Path from, Path to) throws SQLException {
    try (var connection = open(from);
        var copy = connection.prepareStatement("VACUUM INTO ?")) {
      copy.setString(1, to.toString());
      copy.execute();
    }
    // The copy has no owner: the recorded owner has the original open.
    execute(to, "DELETE FROM owner");
  }

  /** Runs statements, each in its own transaction. */
  public static void execute(Path file, String... changes) throws SQLException {
    try (var connection = open(file);
        var statement = connection.createStatement()) {
      for (String change : changes) {
        statement.execute(change);
      }
    }
  }

  /** First column of a query's rows. */
  public static List<String> strings(Path file, String query) throws SQLException {
    try (var connection = open(file);
        var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(String.valueOf(rows.getString(1)));
      }
      return found;
    }
  }
}
