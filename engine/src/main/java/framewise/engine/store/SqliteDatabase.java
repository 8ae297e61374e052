package framewise.engine.store;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.RefusedException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * Database in an SQLite file. A write that has returned survives the death of this process. With
 * the write-ahead log and {@code synchronous=NORMAL}, a power failure may lose the last writes but
 * never damages the file.
 */
final class SqliteDatabase implements Database {
  private static final int BUSY_TIMEOUT_MS = 5_000;
  private static final int INCREMENTAL = 2;

  /**
   * Maximum size of a file of an earlier version that is rewritten at startup, in bytes; larger
   * ones would take too long.
   */
  private static final long SOON_REWRITTEN = 64L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(SqliteDatabase.class);

  private final Path file;
  private final DiskSpace space;
  private final Jdbi readers;
  private final ReentrantLock writing = new ReentrantLock(true);
  private Handle writer;
  private volatile @Nullable Refusal damage;

  private SqliteDatabase(Path file, DiskSpace space, Jdbi jdbi) {
    this.file = file;
    this.space = space;
    this.readers = jdbi;
    this.writer = jdbi.open();
  }

  static Database open(Path file, DiskSpace space) {
    try {
      return prepared(file, space);
    } catch (RefusedException e) {
      if (e.refusal().code() == Code.DISK_FULL && space.release()) {
        return again(file, space);
      }
      throw new UnusableDataException(e.refusal().detail());
    }
  }

  private static Database again(Path file, DiskSpace space) {
    try {
      return prepared(file, space);
    } catch (RefusedException e) {
      throw new UnusableDataException(e.refusal().detail());
    }
  }

  private static Database prepared(Path file, DiskSpace space) {
    DatabaseFile.requireWhole(file);
    try {
      Jdbi jdbi = Jdbi.create(source(file));
      var database = new SqliteDatabase(file, space, jdbi);
      boolean ready = false;
      try {
        database.prepare();
        ready = true;
        return database;
      } finally {
        if (!ready) {
          database.close();
        }
      }
    } catch (RefusedException | UnusableDataException e) {
      throw e;
    } catch (RuntimeException e) {
      throw translated(e, space);
    }
  }

  @Override
  public DiskSpace space() {
    return space;
  }

  @Override
  public void extend(String part, List<String> steps) {
    // Checked first, so that a full disk doesn't prevent a start that has nothing to write.
    if (read(handle -> versionOf(handle, part)) >= steps.size()) {
      return;
    }
    commit(
        handle -> {
          handle.execute(
              "CREATE TABLE IF NOT EXISTS schema_part (name TEXT PRIMARY KEY, version INTEGER NOT"
                  + " NULL) STRICT");
          for (String step : steps.subList(versionOf(handle, part), steps.size())) {
            handle.createScript(step).execute();
          }
          handle.execute(
              "INSERT INTO schema_part (name, version) VALUES (?, ?)"
                  + " ON CONFLICT (name) DO UPDATE SET version = excluded.version",
              part,
              steps.size());
        });
  }

  private static int versionOf(Handle handle, String part) {
    boolean counted =
        handle
                .createQuery("SELECT count(*) FROM sqlite_master WHERE name = 'schema_part'")
                .mapTo(int.class)
                .one()
            > 0;
    return counted
        ? handle
            .createQuery("SELECT version FROM schema_part WHERE name = :part")
            .bind("part", part)
            .mapTo(int.class)
            .findOne()
            .orElse(0)
        : 0;
  }

  @Override
  public <T> T read(Function<Handle, T> query) {
    try {
      return readers.withHandle(query::apply);
    } catch (RuntimeException e) {
      throw noted(e);
    }
  }

  @Override
  public <T> Optional<T> read(Duration limit, Function<Handle, T> query) {
    try {
      return Optional.of(
          readers.withHandle(
              handle -> {
                try (ReadLimit _ = ReadLimit.on(handle, limit)) {
                  return query.apply(handle);
                }
              }));
    } catch (RuntimeException e) {
      if (ReadLimit.isReached(e)) {
        return Optional.empty();
      }
      throw noted(e);
    }
  }

  @Override
  public void append(Consumer<Handle> change, Predicate<Handle> isStored, boolean fromReserve) {
    if (fromReserve) {
      writeFromReserve(change);
    } else {
      write(change);
    }
  }

  @Override
  public void write(Consumer<Handle> change) {
    space.requireRoom();
    commit(change);
  }

  @Override
  public void writeFromReserve(Consumer<Handle> change) {
    try {
      commit(change);
    } catch (RefusedException e) {
      if (e.refusal().code() != Code.DISK_FULL || !space.release()) {
        throw e;
      }
      commit(change);
    }
  }

  @Override
  public Optional<Refusal> damage() {
    return Optional.ofNullable(damage);
  }

  @Override
  public void check() {
    String found =
        read(handle -> handle.createQuery("PRAGMA quick_check(1)").mapTo(String.class).one());
    if (!found.equals("ok")) {
      LOG.error("{} is damaged: {}", file, found.strip());
      damage =
          Refusal.of(
              Code.DATABASE_DAMAGED,
              "The database is damaged. Stop Framewise and run: ./framewise doctor");
    }
  }

  @Override
  public long bytes() {
    return file.toFile().length()
        + walBytes()
        + file.resolveSibling(file.getFileName() + "-shm").toFile().length();
  }

  @Override
  public long usedBytes() {
    return read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT (page_count - freelist_count) * page_size
                    FROM pragma_page_count, pragma_freelist_count, pragma_page_size
                    """)
                .mapTo(Long.class)
                .one());
  }

  @Override
  public long walBytes() {
    return file.resolveSibling(file.getFileName() + "-wal").toFile().length();
  }

  @Override
  public void shrink() {
    writing.lock();
    try {
      runToItsEnd("PRAGMA incremental_vacuum");
      runToItsEnd("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (SQLException e) {
      LOG.debug("failed to shrink the database: {}", e.toString());
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

  private void prepare() {
    int version = read(Schema::versionOf);
    if (version > Schema.version()) {
      throw new UnusableDataException(
          "The database %s was written by a newer version of Framewise (schema %d, this version supports %d). Start that version, or restore a backup."
              .formatted(file, version, Schema.version()));
    }
    if (version < Schema.version()) {
      commit(Schema::migrate);
    }
    read(handle -> handle.createQuery("SELECT count(*) FROM session").mapTo(Long.class).one());
    enableAutoVacuum(file);
  }

  private void commit(Consumer<Handle> change) {
    writing.lock();
    try {
      writer.useTransaction(change::accept);
    } catch (RuntimeException e) {
      RuntimeException failure = noted(e);
      if (!failure.equals(e)) {
        renewWriter();
      }
      throw failure;
    } finally {
      writing.unlock();
    }
  }

  /** After such an error SQLite may have ended the transaction, which the driver doesn't notice. */
  private void renewWriter() {
    try {
      // Open the new one first: the last connection to close would delete the write-ahead log.
      Handle fresh = readers.open();
      Handle old = writer;
      writer = fresh;
      old.close();
    } catch (RuntimeException e) {
      LOG.warn("the database can't be reopened: {}", e.toString());
    }
  }

  private RuntimeException noted(RuntimeException e) {
    RuntimeException failure = translated(e, space);
    if (failure instanceof RefusedException refused) {
      switch (refused.refusal().code()) {
        case DISK_FULL -> space.ranOut();
        case DATABASE_DAMAGED -> damage = refused.refusal();
        default -> {}
      }
    }
    return failure;
  }

  private static RuntimeException translated(RuntimeException e, DiskSpace space) {
    return StorageFault.of(e, space).<RuntimeException>map(Refusal::asException).orElse(e);
  }

  /**
   * Runs a pragma with sqlite3_exec, which steps to completion: each step frees only a single page.
   */
  private void runToItsEnd(String pragma) throws SQLException {
    try (var statement = writer.getConnection().createStatement()) {
      statement.executeUpdate(pragma);
    }
  }

  private static SQLiteDataSource source(Path file) {
    var config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    config.setBusyTimeout(BUSY_TIMEOUT_MS);
    config.enforceForeignKeys(true);
    config.setJournalSizeLimit(MAX_WAL_BYTES);
    var source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  /**
   * Enables incremental auto-vacuum, which returns unused pages. It must be set before the first
   * table is created, or by rewriting the file.
   */
  private static void enableAutoVacuum(Path file) {
    long bytes = file.toFile().length();
    if (bytes > SOON_REWRITTEN) {
      return;
    }
    var plain = new SQLiteDataSource();
    plain.setUrl("jdbc:sqlite:" + file);
    try (var connection = plain.getConnection();
        var statement = connection.createStatement()) {
      try (ResultSet mode = statement.executeQuery("PRAGMA auto_vacuum")) {
        if (mode.next() && mode.getInt(1) == INCREMENTAL) {
          return;
        }
      }
      statement.execute("PRAGMA auto_vacuum = " + INCREMENTAL);
      statement.execute("VACUUM");
    } catch (SQLException e) {
      // Only logged: the file works, and a real fault will show later.
      LOG.debug("failed to free the unused pages of {}: {}", file, e.toString());
    }
  }
}
