package framewise.engine.store;

import framewise.engine.Refusal;
import framewise.engine.RefusedException;
import framewise.engine.cluster.Cluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/**
 * Database with sessions, their events and everything else that is stored: one SQLite file, or
 * PostgreSQL. Any number of threads may read and write; writes of one process happen one after the
 * other. Statements that differ between the two are in {@link Dialect}, all others run on both.
 *
 * <p>Every method throws {@link RefusedException} if the disk is full, or the database can't be
 * reached, can't be written or is damaged. {@link Refusal#isStorage} is true for these refusals.
 */
public interface Database extends AutoCloseable {
  /** Size to which a file's write-ahead log is truncated after a checkpoint, in bytes. */
  int MAX_WAL_BYTES = 4 << 20;

  /**
   * Opens or creates an SQLite file, and updates its schema.
   *
   * @throws UnusableDataException when it is damaged, of a newer version, or the disk has no space
   *     even to open it
   */
  static Database open(Path file, DiskSpace space) {
    return SqliteDatabase.open(file, space);
  }

  /** Whether an SQLite file exists and isn't empty. */
  static boolean isThere(Path file) {
    return DatabaseFile.isThere(file);
  }

  /**
   * Says that something other than a file has the name of a database on this machine; else empty.
   */
  static Optional<String> obstacle(Path file) {
    return DatabaseFile.obstacle(file);
  }

  /** Disk of the data folder. */
  DiskSpace space();

  /**
   * Updates a further part of the schema, which has its own version number. Call it before that
   * part is used.
   *
   * @param part its name, in lower-case letters
   * @param steps each migrates the part from its index to the next version, in SQLite's SQL; never
   *     change one
   */
  void extend(String part, List<String> steps);

  /** Reads; runs concurrently with all other calls. */
  <T> T read(Function<Handle, T> query);

  /**
   * Reads, and ends the database's work when it takes too long. Call it on a platform thread:
   * native code occupies the carrier of a virtual one.
   *
   * @param limit more than zero
   * @return empty if the limit was reached
   */
  <T> Optional<T> read(Duration limit, Function<Handle, T> query);

  /** Writes in one transaction, committed on return. Refused while the disk is full. */
  void write(Consumer<Handle> change);

  /**
   * Like {@link #write}, but may use the reserved disk space; for writes that end something or free
   * space.
   */
  void writeFromReserve(Consumer<Handle> change);

  /**
   * Like {@link #write}, for events of a log. Retries for some seconds while the database can't be
   * reached.
   *
   * @param change may run several times
   * @param isStored checks whether an earlier attempt was committed although its connection broke
   *     before the confirmation
   * @param fromReserve whether it may use the reserved space
   */
  void append(Consumer<Handle> change, Predicate<Handle> isStored, boolean fromReserve);

  /** The nodes that share the database; empty if only one node may use it. */
  default Optional<Cluster> cluster() {
    return Optional.empty();
  }

  /** The damage detected so far, if any. */
  Optional<Refusal> damage();

  /** Checks a file and remembers the result. Takes seconds for a gigabyte. */
  void check();

  /** Size of the database, in bytes. */
  long bytes();

  /** Size of the part in use, in bytes. */
  long usedBytes();

  /** Size of a file's write-ahead log, in bytes. */
  long walBytes();

  /** Returns unused pages of a file to the disk, and empties its write-ahead log. */
  void shrink();

  @Override
  void close();
}
