package framewise.engine.store.postgres;

import framewise.engine.store.UnusableDataException;
import java.util.List;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * The schema in PostgreSQL. All migrations are written once, in SQLite's SQL, and translated.
 * Tables that only a cluster needs are added here.
 */
final class PostgresSchema {
  /** Name of the part of the schema with the sessions. */
  static final String SESSIONS = "session";

  /**
   * Version of the SQLite schema at which PostgreSQL was added: no PostgreSQL database has an
   * earlier one, so the steps up to here have no rows to change.
   */
  private static final int FIRST_VERSION = 8;

  /** Advisory lock: one node at a time changes the schema. */
  private static final long LOCK = 0x4672_6d77_7363_686dL;

  /** SQLite's full-text table, which becomes a table with a GIN index in PostgreSQL. */
  private static final Pattern FULL_TEXT =
      Pattern.compile("CREATE VIRTUAL TABLE answer_text USING fts5 \\([^)]*\\)");

  private static final String WORDS =
      """
      CREATE TABLE answer_text (id INTEGER PRIMARY KEY, words tsvector NOT NULL);
      CREATE INDEX answer_text_by_word ON answer_text USING gin (words)\
      """;

  /**
   * Fill factor for rows that change with every event: leaves space in their page for the next
   * version.
   */
  private static final String ROOM =
      "ALTER TABLE session SET (fillfactor = 50); ALTER TABLE tally SET (fillfactor = 50);";

  /** Tables that only a cluster needs. */
  private static final List<String> CLUSTER =
      List.of(
          """
          CREATE TABLE node (
            id TEXT PRIMARY KEY,
            address TEXT NOT NULL,
            started_at INTEGER NOT NULL,
            lease_until INTEGER NOT NULL
          );
          ALTER TABLE session ADD COLUMN owner TEXT
            DEFAULT current_setting('framewise.node', true);
          ALTER TABLE session ADD COLUMN epoch INTEGER NOT NULL DEFAULT 0;
          """,
          """
          ALTER TABLE node ADD COLUMN shared INTEGER NOT NULL DEFAULT 0;
          ALTER TABLE node ADD COLUMN url TEXT NOT NULL DEFAULT '';
          ALTER TABLE node ADD COLUMN version TEXT NOT NULL DEFAULT '';
          ALTER TABLE node ADD COLUMN streaming INTEGER NOT NULL DEFAULT 0;
          ALTER TABLE node ADD COLUMN room INTEGER NOT NULL DEFAULT 0;
          ALTER TABLE node ADD COLUMN draining INTEGER NOT NULL DEFAULT 0;
          CREATE INDEX session_by_owner ON session (owner);
          """,
          """
          ALTER TABLE node ADD COLUMN free INTEGER NOT NULL DEFAULT 1000;
          ALTER TABLE node ADD COLUMN busy INTEGER NOT NULL DEFAULT 0;
          """,
          "ALTER TABLE node ADD COLUMN presence INTEGER;",
          """
          CREATE TABLE node_spending (
            day TEXT NOT NULL,
            node TEXT NOT NULL,
            backend TEXT NOT NULL,
            model TEXT NOT NULL,
            answers INTEGER NOT NULL,
            unpriced INTEGER NOT NULL,
            input_tokens INTEGER NOT NULL,
            output_tokens INTEGER NOT NULL,
            cost INTEGER NOT NULL,
            PRIMARY KEY (day, node, backend, model)
          ) WITH (fillfactor = 50);
          CREATE TABLE node_allowance (
            day TEXT NOT NULL,
            node TEXT NOT NULL,
            amount INTEGER NOT NULL,
            PRIMARY KEY (day, node)
          ) WITH (fillfactor = 50);
          """);

  private static final Pattern KEY =
      Pattern.compile("\\bINTEGER PRIMARY KEY( AUTOINCREMENT)?", Pattern.CASE_INSENSITIVE);
  private static final Pattern STORAGE = Pattern.compile("\\)\\s*STRICT(, WITHOUT ROWID)?");

  private PostgresSchema() {}

  /**
   * Migrates a part to its current version, in the transaction of the handle.
   *
   * @param steps in SQLite's SQL
   * @throws UnusableDataException when a newer version wrote it
   */
  static void extend(Handle handle, String part, List<String> steps) {
    int version = begin(handle, part);
    for (String step : steps.subList(Math.min(version, steps.size()), steps.size())) {
      handle.createScript(translated(step)).execute();
    }
    end(handle, part, Math.max(version, steps.size()));
  }

  /**
   * Migrates the sessions' tables to the current version, in the transaction of the handle.
   *
   * @param steps of the SQLite schema
   */
  static void migrate(Handle handle, List<String> steps) {
    int version = begin(handle, SESSIONS);
    if (version > steps.size()) {
      throw new UnusableDataException(
          "The database was written by a newer version of Framewise (schema %d, this version supports %d). Start that version."
              .formatted(version, steps.size()));
    }
    if (version == 0) {
      for (String step : steps.subList(0, FIRST_VERSION)) {
        createTables(handle, step);
      }
      handle.createScript(ROOM).execute();
    }
    for (String step : steps.subList(Math.max(version, FIRST_VERSION), steps.size())) {
      handle.createScript(translated(step)).execute();
    }
    end(handle, SESSIONS, steps.size());
    extend(handle, "cluster", CLUSTER);
  }

  /** Runs a step without its changes to rows, which use functions that PostgreSQL lacks. */
  private static void createTables(Handle handle, String step) {
    String sql = translated(FULL_TEXT.matcher(step).replaceFirst(WORDS));
    for (String statement : handle.createScript(sql).getStatements()) {
      if (!statement.startsWith("UPDATE") && !statement.startsWith("INSERT")) {
        handle.execute(statement);
      }
    }
  }

  /** Version of a part; 0 if it doesn't exist. */
  static int version(Handle handle, String part) {
    boolean counted =
        handle
            .createQuery("SELECT to_regclass('schema_part') IS NOT NULL")
            .mapTo(boolean.class)
            .one();
    return counted
        ? handle
            .createQuery("SELECT version FROM schema_part WHERE name = :part")
            .bind("part", part)
            .mapTo(int.class)
            .findOne()
            .orElse(0)
        : 0;
  }

  /**
   * Translates a step: all integers have 64 bits, and texts are compared byte by byte, as in
   * SQLite.
   */
  static String translated(String step) {
    String keyed =
        KEY.matcher(STORAGE.matcher(step).replaceAll(")"))
            .replaceAll("BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY");
    return keyed
        .replaceAll("\\bINTEGER\\b", "BIGINT")
        .replaceAll("\\bTEXT\\b", "TEXT COLLATE \"C\"")
        .replaceAll("\\bBLOB\\b", "BYTEA");
  }

  private static int begin(Handle handle, String part) {
    handle.execute("SELECT pg_advisory_xact_lock(?)", LOCK);
    handle.execute(
        "CREATE TABLE IF NOT EXISTS schema_part (name TEXT PRIMARY KEY, version INTEGER NOT NULL)");
    return version(handle, part);
  }

  private static void end(Handle handle, String part, int version) {
    handle.execute(
        "INSERT INTO schema_part (name, version) VALUES (?, ?)"
            + " ON CONFLICT (name) DO UPDATE SET version = excluded.version",
        part,
        version);
  }
}
