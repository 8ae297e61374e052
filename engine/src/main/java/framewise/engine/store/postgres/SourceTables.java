package framewise.engine.store.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tables of an SQLite database that are copied: all except the search index, which is rebuilt. */
final class SourceTables {
  private static final Set<String> LEFT_OUT =
      Set.of("owner", "schema_part", "search_session", "answer_span", "search_backlog");

  private final Connection connection;

  SourceTables(Connection connection) {
    this.connection = connection;
  }

  /** Names, each after the tables that it references. */
  List<String> names() throws SQLException {
    Map<String, List<String>> parents = new LinkedHashMap<>();
    for (String table :
        strings(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                + " AND name NOT LIKE 'answer_text%' ORDER BY rowid")) {
      if (!LEFT_OUT.contains(table)) {
        List<String> of =
            strings("SELECT \"table\" FROM pragma_foreign_key_list('%s')".formatted(table));
        of.remove(table);
        parents.put(table, of);
      }
    }
    List<String> ordered = new ArrayList<>();
    while (!parents.isEmpty()) {
      List<String> ready =
          parents.entrySet().stream()
              .filter(one -> ordered.containsAll(one.getValue()))
              .map(Map.Entry::getKey)
              .toList();
      if (ready.isEmpty()) {
        throw new SQLException("tables refer to each other: " + parents.keySet());
      }
      ordered.addAll(ready);
      ready.forEach(parents::remove);
    }
    return ordered;
  }

  List<String> columns(String table) throws SQLException {
    return strings("SELECT name FROM pragma_table_info('%s')".formatted(table));
  }

  /** Statements that create a table with its indexes, in SQLite's SQL. */
  List<String> definition(String table) throws SQLException {
    return strings(
        "SELECT sql || ';' FROM sqlite_master WHERE tbl_name = '%s' AND sql IS NOT NULL ORDER BY type DESC, rowid"
            .formatted(table));
  }

  long count(String table) throws SQLException {
    return Long.parseLong(strings("SELECT count(*) FROM " + table).getFirst());
  }

  /** The largest number that a table with AUTOINCREMENT has ever assigned; 0 for others. */
  long lastNumber(String table) throws SQLException {
    boolean counts =
        !strings("SELECT name FROM sqlite_master WHERE name = 'sqlite_sequence'").isEmpty();
    List<String> found =
        counts
            ? strings("SELECT seq FROM sqlite_sequence WHERE name = '%s'".formatted(table))
            : List.of();
    return found.isEmpty() ? 0 : Long.parseLong(found.getFirst());
  }

  /** Parts of the schema with their versions. */
  Map<String, Integer> parts() throws SQLException {
    Map<String, Integer> parts = new LinkedHashMap<>();
    if (!strings("SELECT name FROM sqlite_master WHERE name = 'schema_part'").isEmpty()) {
      try (var statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT name, version FROM schema_part")) {
        while (rows.next()) {
          parts.put(rows.getString(1), rows.getInt(2));
        }
      }
    }
    return parts;
  }

  private List<String> strings(String query) throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    }
  }
}
