package framewise.engine.session;

import framewise.engine.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which process has the database open, written in it: so a second one is refused although the lock
 * file was deleted, and a process that finds the entry of a dead one knows that it crashed.
 */
final class FolderOwner {
  /** A process's start is known to the second, and less well where the clock was set since. */
  private static final Duration TOLERANCE = Duration.ofSeconds(5);

  private record Owner(long pid, Instant startedAt, String host) {
    static Owner current() {
      ProcessHandle process = ProcessHandle.current();
      return new Owner(
          process.pid(), process.info().startInstant().orElse(Instant.EPOCH), hostName());
    }

    /** Processes of other machines, or of other containers, can't be asked. */
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
   * @return whether the last owner ended without giving it back
   * @throws DataFolderInUseException when another process that lives is
   */
  static boolean take(Database database, Path folder) {
    Optional<Owner> last = read(database);
    if (last.isPresent() && last.get().isAlive()) {
      throw new DataFolderInUseException(folder);
    }
    Owner now = Owner.current();
    database.writeFromReserve(
        handle ->
            handle.execute(
                "INSERT OR REPLACE INTO owner (id, pid, started_at, host) VALUES (1, ?, ?, ?)",
                now.pid(),
                now.startedAt().toEpochMilli(),
                now.host()));
    return last.isPresent();
  }

  /** The process ends as it should. */
  static void giveBack(Database database) {
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

  /** As the kernel knows it; asking for it by way of the network may take seconds. */
  private static String hostName() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException notLinux) {
      return System.getenv().getOrDefault("COMPUTERNAME", "this");
    }
  }
}
