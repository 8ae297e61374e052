package framewise.engine.store;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** The SQLite schema, and its migrations from earlier versions. */
final class Schema {
  /** Each entry migrates the schema from its index to the next version; never change one. */
  private static final List<String> MIGRATIONS =
      List.of(
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
            dropped INTEGER NOT NULL
          ) STRICT;
          CREATE INDEX session_by_age ON session (created_at DESC, id);
          CREATE TABLE event (
            session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
            seq INTEGER NOT NULL,
            run INTEGER NOT NULL,
            type TEXT NOT NULL,
            ok INTEGER,
            clip INTEGER,
            json TEXT NOT NULL,
            PRIMARY KEY (session_id, seq)
          ) STRICT, WITHOUT ROWID;
          CREATE INDEX event_by_type ON event (session_id, type, seq);
          """,
          """
          ALTER TABLE session ADD COLUMN source TEXT NOT NULL DEFAULT 'upload';
          """,
          """
          ALTER TABLE session ADD COLUMN url TEXT;
          """,
          """
          ALTER TABLE event ADD COLUMN name TEXT;
          ALTER TABLE event ADD COLUMN start INTEGER;
          UPDATE event SET start = CAST(round(json_extract(json, '$.clip.start_seconds') * 1000000) AS INTEGER)
            WHERE type = 'result';
          ALTER TABLE event DROP COLUMN clip;
          ALTER TABLE session ADD COLUMN unchanged INTEGER NOT NULL DEFAULT 0;
          ALTER TABLE session ADD COLUMN input_tokens INTEGER NOT NULL DEFAULT 0;
          ALTER TABLE session ADD COLUMN output_tokens INTEGER NOT NULL DEFAULT 0;
          ALTER TABLE session ADD COLUMN unpriced INTEGER NOT NULL DEFAULT 0;
          ALTER TABLE session ADD COLUMN cost INTEGER NOT NULL DEFAULT 0;
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
          ) STRICT, WITHOUT ROWID;
          """,
          """
          ALTER TABLE event ADD COLUMN packed BLOB;
          ALTER TABLE event ADD COLUMN dictionary INTEGER;
          CREATE TABLE dictionary (
            id INTEGER PRIMARY KEY,
            session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
            content BLOB NOT NULL
          ) STRICT;
          CREATE INDEX dictionary_by_session ON dictionary (session_id);
          CREATE TABLE tally (
            session_id TEXT PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
            last_seq INTEGER NOT NULL,
            run INTEGER NOT NULL,
            run_start INTEGER NOT NULL,
            results INTEGER NOT NULL,
            failed INTEGER NOT NULL,
            at INTEGER NOT NULL
          ) STRICT, WITHOUT ROWID;
          INSERT INTO tally
            SELECT e.session_id, max(e.seq), max(e.run),
              (SELECT min(seq) FROM event n WHERE n.session_id = e.session_id
                AND n.run = (SELECT max(run) FROM event m WHERE m.session_id = e.session_id)),
              sum(e.type = 'result'), sum(e.type = 'result' AND coalesce(e.ok, 0) = 0),
              max(s.created_at)
            FROM event e JOIN session s ON s.id = e.session_id GROUP BY e.session_id;
          UPDATE tally SET at = coalesce(
            (SELECT CAST(strftime('%s', json_extract(json, '$.at')) AS INTEGER) * 1000 FROM event
              WHERE session_id = tally.session_id AND seq = tally.last_seq AND json_valid(json)), at);
          DROP INDEX event_by_type;
          ALTER TABLE session ADD COLUMN crashes INTEGER NOT NULL DEFAULT 0;
          ALTER TABLE session ADD COLUMN video_deleted_at INTEGER;
          CREATE TABLE owner (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            pid INTEGER NOT NULL,
            started_at INTEGER NOT NULL,
            host TEXT NOT NULL
          ) STRICT;
          """,
          """
          ALTER TABLE session ADD COLUMN name TEXT;
          ALTER TABLE tally ADD COLUMN answer TEXT;
          ALTER TABLE tally ADD COLUMN answer_ok INTEGER;
          """,
          """
          CREATE TABLE search_session (
            number INTEGER PRIMARY KEY,
            session_id TEXT NOT NULL UNIQUE REFERENCES session (id) ON DELETE CASCADE
          ) STRICT;
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
          ) STRICT;
          CREATE VIRTUAL TABLE answer_text USING fts5 (
            text, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2');
          CREATE TABLE search_backlog (
            session_id TEXT PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
            after_seq INTEGER NOT NULL,
            until_seq INTEGER NOT NULL
          ) STRICT;
          INSERT INTO search_backlog SELECT session_id, 0, last_seq FROM tally WHERE results > 0;
          """,
          """
          ALTER TABLE session ADD COLUMN keep TEXT;
          """,
          """
          ALTER TABLE tally ADD COLUMN last_run INTEGER NOT NULL DEFAULT 0;
          ALTER TABLE session ADD COLUMN imported_at INTEGER;
          CREATE TABLE lookback (
            session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
            run INTEGER NOT NULL,
            status TEXT NOT NULL,
            json TEXT NOT NULL,
            PRIMARY KEY (session_id, run)
          ) STRICT, WITHOUT ROWID;
          """);

  private Schema() {}

  /** The newest version that this program supports. */
  static int version() {
    return MIGRATIONS.size();
  }

  static List<String> steps() {
    return MIGRATIONS;
  }

  static int versionOf(Handle handle) {
    return handle.createQuery("PRAGMA user_version").mapTo(int.class).one();
  }

  /** Migrates the schema to the current version, in the transaction of the handle. */
  static void migrate(Handle handle) {
    migrate(handle, version());
  }

  /** Migrates the schema to a given version, in the transaction of the handle. */
  static void migrate(Handle handle, int to) {
    for (String step : MIGRATIONS.subList(versionOf(handle), to)) {
      handle.createScript(step).execute();
    }
    handle.execute("PRAGMA user_version = " + to);
  }
}
