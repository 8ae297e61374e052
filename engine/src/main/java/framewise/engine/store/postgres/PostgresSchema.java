package framewise.engine.store.postgres;

import framewise.engine.store.UnusableDataException;
import java.util.List;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * The tables in PostgreSQL. The sessions' own begin at version 8 of the SQLite schema; all later
 * steps, and those of the other parts, are written once, in SQLite's words, and translated.
 */
final class PostgresSchema {
  /** Name of the sessions' own part. */
  static final String SESSIONS = "session";

  /** Version of the SQLite schema that {@link #BASE} corresponds to. */
  static final int BASE_VERSION = 8;

  /** One node at a time changes the schema. */
  private static final long LOCK = 0x4672_6d77_7363_686dL;

  private static final String BASE =
      """
      CREATE TABLE session (
        id TEXT PRIMARY KEY,
        filename TEXT NOT NULL,
        file_size INTEGER NOT NULL,
        video TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        status TEXT NOT NULL,
        reason TEXT,
        settings TEXT,
        dropped INTEGER NOT NULL,
        source TEXT NOT NULL DEFAULT 'upload',
        url TEXT,
        unchanged INTEGER NOT NULL DEFAULT 0,
        input_tokens INTEGER NOT NULL DEFAULT 0,
        output_tokens INTEGER NOT NULL DEFAULT 0,
        unpriced INTEGER NOT NULL DEFAULT 0,
        cost INTEGER NOT NULL DEFAULT 0,
        crashes INTEGER NOT NULL DEFAULT 0,
        video_deleted_at INTEGER,
        name TEXT,
        keep TEXT
      ) WITH (fillfactor = 50);
      CREATE INDEX session_by_age ON session (created_at DESC, id);
      CREATE TABLE event (
        session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
        seq INTEGER NOT NULL,
        run INTEGER NOT NULL,
        type TEXT NOT NULL,
        ok INTEGER,
        json TEXT NOT NULL,
        name TEXT,
        start INTEGER,
        packed BLOB,
        dictionary INTEGER,
        PRIMARY KEY (session_id, seq)
      );
      CREATE TABLE spending (
        day TEXT NOT NULL,
        backend TEXT NOT NULL,
        model TEXT NOT NULL,
        answers INTEGER NOT NULL,
        unpriced INTEGER NOT NULL,
        input_tokens INTEGER NOT NULL,
        output_tokens INTEGER NOT NULL,
        cost INTEGER NOT NULL,
        PRIMARY KEY (day, backend, model)
      );
      CREATE TABLE dictionary (
        id INTEGER PRIMARY KEY,
        session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
        content BLOB NOT NULL
      );
      CREATE INDEX dictionary_by_session ON dictionary (session_id);
      CREATE TABLE tally (
        session_id TEXT PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
        last_seq INTEGER NOT NULL,
        run INTEGER NOT NULL,
        run_start INTEGER NOT NULL,
        results INTEGER NOT NULL,
        failed INTEGER NOT NULL,
        at INTEGER NOT NULL,
        answer TEXT,
        answer_ok INTEGER
      ) WITH (fillfactor = 50);
      CREATE TABLE owner (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        pid INTEGER NOT NULL,
        started_at INTEGER NOT NULL,
        host TEXT NOT NULL
      );
      CREATE TABLE search_session (
        number INTEGER PRIMARY KEY,
        session_id TEXT NOT NULL UNIQUE REFERENCES session (id) ON DELETE CASCADE
      );
      CREATE TABLE answer_span (
        id INTEGER PRIMARY KEY,
        run INTEGER NOT NULL,
        last_seq INTEGER NOT NULL,
        answers INTEGER NOT NULL,
        start_us INTEGER NOT NULL,
        end_us INTEGER NOT NULL,
        at INTEGER NOT NULL,
        last_at INTEGER NOT NULL,
        ok INTEGER NOT NULL,
        backend TEXT NOT NULL,
        question INTEGER NOT NULL
      );
      CREATE TABLE answer_text (id INTEGER PRIMARY KEY, words tsvector NOT NULL);
      CREATE INDEX answer_text_by_word ON answer_text USING gin (words);
      CREATE TABLE search_backlog (
        session_id TEXT PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
        after_seq INTEGER NOT NULL,
        until_seq INTEGER NOT NULL
      );
      """;

  /** What several nodes need beside the tables that SQLite has too. */
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
   * Brings a part up to date, in the transaction of the handle.
   *
   * @param steps in SQLite's words
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
   * Brings the sessions' tables up to date, in the transaction of the handle.
   *
   * @param steps of the SQLite schema
   */
  static void migrate(Handle handle, List<String> steps) {
    int version = begin(handle, SESSIONS);
    if (version > steps.size()) {
      throw new UnusableDataException(
          "The database was written by a newer version of Framewise (schema %d, this one knows %d). Start that version."
              .formatted(version, steps.size()));
    }
    if (version == 0) {
      handle.createScript(translated(BASE)).execute();
    }
    for (String step : steps.subList(Math.max(version, BASE_VERSION), steps.size())) {
      handle.createScript(translated(step)).execute();
    }
    end(handle, SESSIONS, steps.size());
    extend(handle, "cluster", CLUSTER);
  }

  /** Version of a part; 0 where it isn't there. */
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

  /** All numbers have 64 bits, and texts are compared byte by byte, as in SQLite. */
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
