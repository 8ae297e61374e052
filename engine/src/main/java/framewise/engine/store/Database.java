package framewise.engine.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The SQLite file in which sessions and their events are kept. Any number of threads may read and
 * write. A write that has returned survives the death of this process; with the write-ahead log and
 * {@code synchronous=NORMAL} the last writes before a power failure may be lost, the file never is.
 */
public final class Database implements AutoCloseable {
  /** Each entry takes the schema from its index to the next; none is ever changed. */
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
          """);

  private static final int BUSY_TIMEOUT_MS = 5_000;

  private final Jdbi readers;
  private final Handle writer;
  private final ReentrantLock writing = new ReentrantLock(true);

  private Database(Jdbi jdbi) {
    this.readers = jdbi;
    this.writer = jdbi.open();
  }

  /** Opens the file, or makes it, and brings its schema up to date. */
  public static Database open(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    config.setBusyTimeout(BUSY_TIMEOUT_MS);
    config.enforceForeignKeys(true);
    var source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    var database = new Database(Jdbi.create(source));
    database.migrate();
    return database;
  }

  /**
   * Brings a further part of the schema up to date, which counts its versions by itself. Call it
   * before that part is used.
   *
   * @param part its name, in lower-case letters
   * @param steps each takes the part from its index to the next; none is ever changed
   */
  public void extend(String part, List<String> steps) {
    write(
        handle -> {
          handle.execute(
              "CREATE TABLE IF NOT EXISTS schema_part (name TEXT PRIMARY KEY, version INTEGER NOT"
                  + " NULL) STRICT");
          int version =
              handle
                  .createQuery("SELECT version FROM schema_part WHERE name = :part")
                  .bind("part", part)
                  .mapTo(int.class)
                  .findOne()
                  .orElse(0);
          for (String step : steps.subList(Math.min(version, steps.size()), steps.size())) {
            handle.createScript(step).execute();
          }
          if (version < steps.size()) {
            handle.execute(
                "INSERT INTO schema_part (name, version) VALUES (?, ?)"
                    + " ON CONFLICT (name) DO UPDATE SET version = excluded.version",
                part,
                steps.size());
          }
        });
  }

  /** Reads; concurrent with everything. */
  public <T> T read(Function<Handle, T> query) {
    return readers.withHandle(query::apply);
  }

  /** Writes in one transaction; done when this returns. */
  public void write(Consumer<Handle> change) {
    writing.lock();
    try {
      writer.useTransaction(change::accept);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void close() {
    writing.lock();
    try {
      writer.close();
    } finally {
      writing.unlock();
    }
  }

  private void migrate() {
    write(
        handle -> {
          int version = handle.createQuery("PRAGMA user_version").mapTo(int.class).one();
          for (String step :
              MIGRATIONS.subList(Math.min(version, MIGRATIONS.size()), MIGRATIONS.size())) {
            handle.createScript(step).execute();
          }
          if (version < MIGRATIONS.size()) {
            handle.execute("PRAGMA user_version = " + MIGRATIONS.size());
          }
        });
  }
}
