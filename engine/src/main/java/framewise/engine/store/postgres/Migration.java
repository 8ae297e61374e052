package framewise.engine.store.postgres;

import framewise.engine.store.OfflineDatabase;
import framewise.engine.store.SchemaSteps;
import framewise.engine.store.UnusableDataException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Copies an SQLite database into an empty one in PostgreSQL, in one transaction: after a failure
 * nothing is left, and the migration can be run again. The file is only read, and must not be in
 * use.
 */
public final class Migration {
  private static final String BROKEN_REFERENCE = "23503";

  private final Path file;
  private final PostgresUrl url;

  public Migration(Path file, PostgresUrl url) {
    this.file = file;
    this.url = url;
  }

  /**
   * Copies all tables, and compares the counts of their rows afterwards. The index for search is
   * not copied: fill it with an {@code IndexBacklog}.
   *
   * @param progress called after each table, with its name and number of rows
   * @return number of rows by table
   * @throws UnusableDataException when the file is of another version or damaged, the server can't
   *     be used, or its database isn't empty
   */
  public Map<String, Long> run(BiConsumer<String, Long> progress) {
    requireVersion();
    Jdbi jdbi = PostgresDatabase.prepare(url);
    try (Connection source = OfflineDatabase.open(file)) {
      var tables = new SourceTables(source);
      return jdbi.inTransaction(handle -> copy(handle, source, tables, progress));
    } catch (SQLException e) {
      throw failed(e);
    } catch (UnusableDataException e) {
      throw e;
    } catch (RuntimeException e) {
      throw PostgresFault.cause(e).<RuntimeException>map(this::failed).orElse(e);
    }
  }

  private void requireVersion() {
    List<String> problems = OfflineDatabase.problems(file);
    if (!problems.isEmpty()) {
      throw new UnusableDataException(
          "The database %s is damaged: %s. Run ./framewise doctor --repair first."
              .formatted(file, problems.getFirst()));
    }
    try {
      int version = OfflineDatabase.version(file);
      if (version != OfflineDatabase.newestVersion()) {
        throw new UnusableDataException(
            "The database %s is of another version of Framewise (schema %d, this version supports %d). Start this version on the folder once, then stop it and migrate."
                .formatted(file, version, OfflineDatabase.newestVersion()));
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private UnusableDataException failed(SQLException error) {
    if (BROKEN_REFERENCE.equals(error.getSQLState())) {
      return new UnusableDataException(
          ("The database %s has rows that refer to missing ones. Run ./framewise doctor"
                  + " --repair, then migrate again. Nothing was copied.")
              .formatted(file));
    }
    return new UnusableDataException(
        "Nothing was copied: %s Solve that, then migrate again."
            .formatted(
                PostgresFault.of(error, url)
                    .map(refusal -> refusal.detail())
                    .orElse(
                        "%s (SQLSTATE %s).".formatted(error.getMessage(), error.getSQLState()))));
  }

  private Map<String, Long> copy(
      Handle handle, Connection source, SourceTables tables, BiConsumer<String, Long> progress)
      throws SQLException {
    PostgresSchema.migrate(handle, SchemaSteps.all());
    List<String> names = tables.names();
    Map<String, Integer> parts = tables.parts();
    for (String table : names) {
      if (!isThere(handle, table)) {
        for (String statement : tables.definition(table)) {
          handle.createScript(PostgresSchema.translated(statement)).execute();
        }
      }
      requireEmpty(handle, table);
    }
    requireNotOlder(handle, parts);
    Map<String, Long> copied = new LinkedHashMap<>();
    for (String table : names) {
      copy(handle, source, table, tables.columns(table));
      long rows = rows(handle, table);
      if (rows != tables.count(table)) {
        throw new UnusableDataException(
            ("Only %d of %d rows of the table %s were copied, so the copy was undone. Stop"
                    + " Framewise if it is running, and migrate again.")
                .formatted(rows, tables.count(table), table));
      }
      setNumber(handle, table, tables.lastNumber(table));
      copied.put(table, rows);
      progress.accept(table, rows);
    }
    handle.execute(
        "INSERT INTO search_backlog SELECT session_id, 0, last_seq FROM tally WHERE results > 0");
    parts.forEach((part, version) -> setVersion(handle, part, version));
    return copied;
  }

  private void requireEmpty(Handle handle, String table) {
    if (rows(handle, table) > 0) {
      throw new UnusableDataException(
          ("The database %s isn't empty: its table %s has %d rows. Create an empty"
                  + " database for the copy.")
              .formatted(url.shown(), table, rows(handle, table)));
    }
  }

  /**
   * Refuses tables older than the file's. Newer ones are accepted: a service of a later version may
   * have created them, empty and with more columns.
   */
  private void requireNotOlder(Handle handle, Map<String, Integer> parts) {
    parts.forEach(
        (part, version) -> {
          int there = PostgresSchema.version(handle, part);
          if (there > 0 && there < version) {
            throw new UnusableDataException(
                ("An earlier version of Framewise created the database %s. Create an empty"
                        + " database for the copy.")
                    .formatted(url.shown()));
          }
        });
  }

  private static void setVersion(Handle handle, String part, int version) {
    handle.execute(
        "INSERT INTO schema_part (name, version) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
        part,
        version);
  }

  private static void copy(Handle handle, Connection source, String table, List<String> columns)
      throws SQLException {
    String list = String.join(", ", columns);
    var target = handle.getConnection().unwrap(PGConnection.class).getCopyAPI();
    CopyIn copy = target.copyIn("COPY %s (%s) FROM STDIN".formatted(table, list));
    boolean done = false;
    try (var statement = source.createStatement();
        ResultSet rows = statement.executeQuery("SELECT %s FROM %s".formatted(list, table))) {
      while (rows.next()) {
        byte[] line = CopyText.row(rows, columns.size());
        copy.writeToCopy(line, 0, line.length);
      }
      long _ = copy.endCopy();
      done = true;
    } finally {
      if (!done && copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private static boolean isThere(Handle handle, String table) {
    return handle
        .createQuery("SELECT to_regclass(:table) IS NOT NULL")
        .bind("table", table)
        .mapTo(boolean.class)
        .one();
  }

  private static long rows(Handle handle, String table) {
    return handle.createQuery("SELECT count(*) FROM " + table).mapTo(Long.class).one();
  }

  /**
   * Sets a table's sequence, so that new rows get numbers after all copied and all deleted ones.
   */
  private static void setNumber(Handle handle, String table, long last) {
    Optional<String> column =
        handle
            .createQuery(
                """
                SELECT column_name FROM information_schema.columns
                WHERE table_schema = current_schema() AND table_name = :table
                  AND is_identity = 'YES'
                """)
            .bind("table", table)
            .mapTo(String.class)
            .findOne();
    if (column.isPresent()) {
      long largest =
          handle
              .createQuery("SELECT coalesce(max(%s), 0) FROM %s".formatted(column.get(), table))
              .mapTo(Long.class)
              .one();
      if (Math.max(largest, last) > 0) {
        handle.execute(
            "SELECT setval(pg_get_serial_sequence(?, ?), ?)",
            table,
            column.get(),
            Math.max(largest, last));
      }
    }
  }
}
