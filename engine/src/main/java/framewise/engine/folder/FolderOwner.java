package framewise.engine.folder;

import framewise.engine.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The process that has the database open, recorded in the database. A second process is refused
 * even if the lock file was deleted. An entry of a dead process shows that it crashed.
 */
public final class FolderOwner {
  /**
   * Tolerated difference between recorded and actual start time of a process, which is accurate to
   * a second at best, and less after the clock was set.
   */
  private static final Duration TOLERANCE = Duration.ofSeconds(5);

  private record Owner(long pid, Instant startedAt, String host) {
    static Owner current() {
      ProcessHandle process = ProcessHandle.current();
      return new Owner(
          process.pid(), process.info().startInstant().orElse(Instant.EPOCH), hostName());
    }

    /**
     * False for a process on another machine or in another container, because that can't be
     * checked.
     */
    boolean isAlive() {
      return host.equals(hostName())
          && ProcessHandle.of(pid)
              .filter(ProcessHandle::isAlive)
              .map(process -> process.info().startInstant().orElse(Instant.EPOCH))
              .filter(start -> Duration.between(start, startedAt).abs().compareTo(TOLERANCE) < 0)
              .isPresent();
    }
  }

  private FolderOwner() {}

  /**
   * Makes this process the owner.
   *
   * @return whether the last owner ended without releasing the database
   * @throws DataFolderInUseException when another process owns it and is alive
   */
  public static boolean take(Database database, Path folder) {
    Optional<Owner> last = read(database);
    if (last.isPresent() && last.get().isAlive()) {
      throw new DataFolderInUseException(folder);
    }
    record(database);
    return last.isPresent();
  }

  /**
   * Makes this process the owner of a PostgreSQL database, without checking the last owner, which
   * may be alive but paused: this process holds the lease.
   *
   * @return whether the last owner ended without releasing the database
   */
  public static boolean replace(Database database) {
    boolean crashed = read(database).isPresent();
    record(database);
    return crashed;
  }

  private static void record(Database database) {
    Owner now = Owner.current();
    database.writeFromReserve(
        handle ->
            handle.execute(
                """
                INSERT INTO owner (id, pid, started_at, host) VALUES (1, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET pid = excluded.pid,
                  started_at = excluded.started_at, host = excluded.host
                """,
                now.pid(),
                now.startedAt().toEpochMilli(),
                now.host()));
  }

  /** Host and process id of this process, as shown to people. */
  public static String address() {
    return "%s (process %d)".formatted(hostName(), ProcessHandle.current().pid());
  }

  /** Releases the database when the process ends normally. */
  public static void markClosed(Database database) {
    database.writeFromReserve(handle -> handle.execute("DELETE FROM owner"));
  }

  private static Optional<Owner> read(Database database) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT pid, started_at, host FROM owner")
                .map(
                    (row, context) ->
                        new Owner(
                            row.getLong("pid"),
                            Instant.ofEpochMilli(row.getLong("started_at")),
                            row.getString("host")))
                .findFirst());
  }

  /** The kernel's host name; a lookup through the network may take seconds. */
  private static String hostName() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException notLinux) {
      return System.getenv().getOrDefault("COMPUTERNAME", "this");
    }
  }
}
