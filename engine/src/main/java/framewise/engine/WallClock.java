package framewise.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The time of day, a steady stopwatch, and waiting by it. Tests move one by hand. */
public interface WallClock {
  /** The time of day, for people and records. */
  Instant now();

  /** Nanoseconds from some fixed moment, never going back; for measuring and pacing. */
  long nanos();

  /** Waits until {@link #nanos} has reached the deadline; at once when it has passed. */
  void awaitNanos(long deadline) throws InterruptedException;

  /** The machine's own. */
  static WallClock system() {
    Clock utc = Clock.systemUTC();
    return new WallClock() {
      @Override
      public Instant now() {
        return utc.instant();
      }

      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public void awaitNanos(long deadline) throws InterruptedException {
        long left = deadline - System.nanoTime();
        if (left > 0) {
          Thread.sleep(Duration.ofNanos(left));
        }
      }
    };
  }
}
