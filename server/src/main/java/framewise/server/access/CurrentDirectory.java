package framewise.server.access;

import framewise.engine.WallClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The directory as it is now. Kept for a second at most: the command line changes it from another
 * process. Safe for any number of threads.
 */
final class CurrentDirectory {
  static final Duration LONGEST = Duration.ofSeconds(1);

  private final AccessStore store;
  private final WallClock clock;
  private final AtomicReference<Read> last = new AtomicReference<>();

  private record Read(Directory directory, long at) {}

  CurrentDirectory(AccessStore store, WallClock clock) {
    this.store = store;
    this.clock = clock;
  }

  Directory get() {
    Read known = last.get();
    if (known != null && clock.nanos() - known.at() < LONGEST.toNanos()) {
      return known.directory();
    }
    return read();
  }

  /** Something has changed: the next request sees it. */
  void changed() {
    read();
  }

  private synchronized Directory read() {
    long at = clock.nanos();
    Directory directory = store.load();
    last.set(new Read(directory, at));
    return directory;
  }
}
