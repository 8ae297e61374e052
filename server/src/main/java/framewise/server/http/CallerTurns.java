package framewise.server.http;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Limit on the concurrent calls of one caller. Further calls of the caller wait for these, outside
 * of the queue that all callers share. Thread-safe.
 */
final class CallerTurns {
  private final int each;
  private final Duration patience;
  private final ConcurrentMap<Object, Turns> callers = new ConcurrentHashMap<>();

  /** Turns of one caller; forgotten once no call uses them. */
  private static final class Turns {
    private final Semaphore free;
    private int calls;

    Turns(int each) {
      free = new Semaphore(each, true);
    }
  }

  /** Permission for one call; ends once closed. */
  interface CallerTurn extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * @param each number of calls that a caller may have running, 1 or more
   * @param patience maximum wait of a call for the caller's other calls
   */
  CallerTurns(int each, Duration patience) {
    this.each = each;
    this.patience = patience;
  }

  /** Waits for a turn of this caller; empty when none became free in time. */
  Optional<CallerTurn> take(Object caller) throws InterruptedException {
    Turns turns =
        callers.compute(
            caller,
            (same, known) -> {
              Turns its = known == null ? new Turns(each) : known;
              its.calls++;
              return its;
            });
    boolean taken = false;
    try {
      taken = turns.free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    } finally {
      if (!taken) {
        leave(caller);
      }
    }
    if (!taken) {
      return Optional.empty();
    }
    var open = new AtomicBoolean(true);
    return Optional.of(
        () -> {
          if (open.compareAndSet(true, false)) {
            turns.free.release();
            leave(caller);
          }
        });
  }

  /** Number of callers with a call that runs or waits. */
  int callers() {
    return callers.size();
  }

  private void leave(Object caller) {
    callers.computeIfPresent(caller, (same, turns) -> --turns.calls == 0 ? null : turns);
  }
}
