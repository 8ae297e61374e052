package framewise.engine.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A database file that nobody works with through this object: it is looked at, or copied. A service
 * may have it open at the same time.
 */
public final class OfflineDatabase {
  private static final int MOST_PROBLEMS = 10;

  private OfflineDatabase() {}

  /** A connection as it comes; foreign keys are kept. */
  public static Connection open(Path file) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (var statement = connection.createStatement()) {
      statement.execute("PRAGMA foreign_keys = on");
      statement.execute("PRAGMA busy_timeout = 5000");
    }
    return connection;
  }

  /** The version of its tables. */
  public static int version(Path file) throws SQLException {
    return Integer.parseInt(strings(file, "PRAGMA user_version").getFirst());
  }

  /** The newest version that this program can open. */
  public static int newestVersion() {
    return Schema.version();
  }

  /** What SQLite finds wrong when it reads all of it; empty for a sound one. At most ten lines. */
  public static List<String> problems(Path file) {
    try {
      DatabaseFile.requireWhole(file);
      List<String> found = strings(file, "PRAGMA integrity_check(" + MOST_PROBLEMS + ")");
      return found.equals(List.of("ok")) ? List.of() : found;
    } catch (UnusableDataException | SQLException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Copies one as it is at this moment, without what is no longer used.
   *
   * @param to does not exist yet
   */
  public static void snapshot(Path from, Path to) throws SQLException {
    try (var connection = open(from);
        var copy = connection.prepareStatement("VACUUM INTO ?")) {
      copy.setString(1, to.toString());
      copy.execute();
    }
    // It is nobody's: the owner that is written in it has the other file.
    execute(to, "DELETE FROM owner");
  }

  /** Changes something in one transaction a statement. */
  public static void execute(Path file, String... changes) throws SQLException {
    try (var connection = open(file);
        var statement = connection.createStatement()) {
      for (String change : changes) {
        statement.execute(change);
      }
    }
  }

  /** The first column of a query. */
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
