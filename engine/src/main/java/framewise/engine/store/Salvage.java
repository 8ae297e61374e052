package framewise.engine.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies all readable data of a damaged database into a new one. Copies each table as a whole; if
 * that fails, row by row from both ends, so that only the rows between damaged pages are lost.
 */
public final class Salvage {
  private static final int BATCH = 500;
  private static final Logger LOG = LoggerFactory.getLogger(Salvage.class);

  /** Order for reading a table row by row: by its key, among the rows that match the condition. */
  private record RowScan(String table, List<String> columns, String key, String where) {}

  private Salvage() {}

  /** Creates an empty database with the current schema. */
  public static void create(Path file) {
    Jdbi.create("jdbc:sqlite:" + file).useTransaction(Schema::migrate);
  }

  /**
   * Copies the readable data.
   *
   * @param from is only read
   * @param to from {@link #create}
   * @return whether every table could be read to its end
   */
  public static boolean copy(Path from, Path to) throws SQLException {
    try (var connection = OfflineDatabase.open(to);
        var attach = connection.prepareStatement("ATTACH ? AS old")) {
      attach.setString(1, from.toString());
      attach.execute();
      // A row is worth keeping even if the row that it references is lost.
      execute(connection, "PRAGMA foreign_keys = off");
      boolean whole = copyTable(connection, "session", "rowid");
      whole &= makeLostSessions(connection);
      for (String session : strings(connection, "SELECT id FROM main.session")) {
        whole &= copyOf(connection, "dictionary", "rowid", session);
        whole &= copyOf(connection, "event", "seq", session);
        whole &= copyOf(connection, "tally", "session_id", session);
      }
      whole &= makeOtherTables(connection);
      for (String table : strings(connection, OTHER_TABLES)) {
        whole &= copyTable(connection, table, "");
      }
      count(connection);
      index(connection);
      return whole;
    } catch (SQLException e) {
      LOG.warn("{} can't be read: {}", from, e.getMessage());
      return false;
    }
  }

  private static final String OTHER_TABLES =
      "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
          + " AND name NOT LIKE 'answer_text%'"
          + " AND name NOT IN ('session', 'event', 'dictionary', 'tally', 'owner',"
          + " 'search_session', 'answer_span', 'search_backlog')";

  /** Creates the tables and indexes of other parts of the schema. */
  private static boolean makeOtherTables(Connection connection) {
    try {
      for (String make :
          strings(
              connection,
              "SELECT sql FROM old.sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
                  + " AND name NOT IN (SELECT name FROM main.sqlite_master)"
                  + " AND tbl_name NOT LIKE 'answer_text%'"
                  + " AND tbl_name NOT IN ('session', 'event', 'dictionary', 'tally', 'owner')"
                  + " ORDER BY type DESC")) {
        execute(connection, make);
      }
      return true;
    } catch (SQLException e) {
      LOG.warn("further tables are damaged: {}", e.getMessage());
      return false;
    }
  }

  /** Creates records of sessions whose own are lost, but which still have events. */
  private static boolean makeLostSessions(Connection connection) {
    try {
      execute(
          connection,
          """
          INSERT OR IGNORE INTO main.session
            (id, filename, file_size, video, created_at, status, reason, dropped)
          SELECT DISTINCT session_id, 'recovered', 0, 'null', unixepoch() * 1000, 'failed',
            'The record of this session was lost; its results were recovered.', 0
          FROM old.event WHERE session_id NOT IN (SELECT id FROM main.session)
          """);
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  /** Recomputes lost tallies of sessions from their remaining events. */
  private static void count(Connection connection) throws SQLException {
    execute(
        connection,
        """
        INSERT OR IGNORE INTO main.tally
          (session_id, last_seq, run, run_start, results, failed, at)
        SELECT session_id, max(seq), max(run),
          (SELECT min(seq) FROM main.event n WHERE n.session_id = e.session_id
            AND n.run = (SELECT max(run) FROM main.event m WHERE m.session_id = e.session_id)),
          sum(type = 'result'), sum(type = 'result' AND coalesce(ok, 0) = 0),
          (SELECT created_at FROM main.session s WHERE s.id = e.session_id)
        FROM main.event e GROUP BY session_id
        """);
    execute(
        connection,
        """
        UPDATE main.tally SET last_seq = max(last_seq, coalesce(
          (SELECT max(seq) FROM main.event e WHERE e.session_id = tally.session_id), 0))
        """);
  }

  /** Schedules the search index to be rebuilt at the next start; it isn't copied. */
  private static void index(Connection connection) throws SQLException {
    execute(
        connection,
        "INSERT OR IGNORE INTO main.search_backlog SELECT session_id, 0, last_seq FROM main.tally");
  }

  private static boolean copyOf(Connection connection, String table, String key, String session)
      throws SQLException {
    return copy(
        connection,
        new RowScan(
            table,
            common(connection, table),
            key,
            "session_id = '" + session.replace("'", "''") + "'"));
  }

  private static boolean copyTable(Connection connection, String table, String key)
      throws SQLException {
    return copy(connection, new RowScan(table, common(connection, table), key, "true"));
  }

  private static boolean copy(Connection connection, RowScan walk) throws SQLException {
    if (walk.columns().isEmpty()) {
      return true; // databases of earlier versions have no such table
    }
    try {
      execute(connection, insert(walk, walk.where()));
      return true;
    } catch (SQLException damaged) {
      LOG.warn("table {} is damaged: {}", walk.table(), damaged.getMessage());
    }
    if (!walk.key().isEmpty()) {
      walk(connection, walk, true);
      walk(connection, walk, false);
    }
    return false;
  }

  /** Copies row by row until a row can't be read. */
  private static void walk(Connection connection, RowScan walk, boolean forward) {
    String order = walk.key() + (forward ? "" : " DESC");
    String end = "";
    for (int size = BATCH; size > 0; ) {
      String rest = end.isEmpty() ? "true" : walk.key() + (forward ? " > " : " < ") + end;
      String where = "%s AND %s ORDER BY %s LIMIT %d".formatted(walk.where(), rest, order, size);
      try {
        String last = last(connection, walk, where, forward);
        execute(connection, insert(walk, where));
        if (last.isEmpty()) {
          return;
        }
        end = last;
      } catch (SQLException damaged) {
        size = size == 1 ? 0 : Math.max(1, size / 8);
      }
    }
  }

  private static String last(Connection connection, RowScan walk, String where, boolean forward)
      throws SQLException {
    List<String> found =
        strings(
            connection,
            "SELECT quote(%s(k)) FROM (SELECT %s AS k FROM old.%s WHERE %s) WHERE k IS NOT NULL HAVING count(*) > 0"
                .formatted(forward ? "max" : "min", walk.key(), walk.table(), where));
    return found.isEmpty() ? "" : found.getFirst();
  }

  private static String insert(RowScan walk, String where) {
    String columns = String.join(", ", walk.columns());
    return "INSERT OR IGNORE INTO main.%1$s (%2$s) SELECT %2$s FROM old.%1$s WHERE %3$s"
        .formatted(walk.table(), columns, where);
  }

  /** The columns that both databases have. */
  private static List<String> common(Connection connection, String table) throws SQLException {
    List<String> ours = strings(connection, columns("main", table));
    List<String> theirs = strings(connection, columns("old", table));
    return ours.stream().filter(theirs::contains).toList();
  }

  private static String columns(String schema, String table) {
    return "SELECT name FROM pragma_table_info('%s', '%s')".formatted(table, schema);
  }

  private static List<String> strings(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    }
  }

  private static void execute(Connection connection, String change) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(change);
    }
  }
}
