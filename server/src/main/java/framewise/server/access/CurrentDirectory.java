package framewise.server.access;

import framewise.time.WallClock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cache of the directory. Entries live for at most a second, because the command line changes
 * accounts from another process. Safe for any number of threads.
 */
final class CurrentDirectory {
  static final Duration MAX_AGE = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(CurrentDirectory.class);

  private final AccessStore store;
  private final WallClock clock;
  private final AtomicReference<@Nullable CachedDirectory> last = new AtomicReference<>();

  private record CachedDirectory(Directory directory, long at) {}

  CurrentDirectory(AccessStore store, WallClock clock) {
    this.store = store;
    this.clock = clock;
  }

  Directory get() {
    Optional<Directory> fresh = fresh();
    return fresh.orElseGet(this::readOnce);
  }

  /** Invalidates the cache, so that the next request sees a change. */
  synchronized void changed() {
    Directory _ = read();
  }

  private Optional<Directory> fresh() {
    return Optional.ofNullable(last.get())
        .filter(read -> clock.nanos() - read.at() < MAX_AGE.toNanos())
        .map(CachedDirectory::directory);
  }

  /** When several requests find it stale, one of them reads. */
  private synchronized Directory readOnce() {
    return fresh().orElseGet(this::read);
  }

  private Directory read() {
    long at = clock.nanos();
    CachedDirectory before = last.get();
    try {
      Directory directory = store.load();
      last.set(new CachedDirectory(directory, at));
      return directory;
    } catch (RuntimeException e) {
      if (before == null) {
        throw e;
      }
      LOG.warn("Failed to read the accounts; using those read before: {}", e.toString());
      last.set(new CachedDirectory(before.directory(), at));
      return before.directory();
    }
  }
}
