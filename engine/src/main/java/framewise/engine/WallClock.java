package framewise.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Clock with the time of day, a steady stopwatch, and a wait. Tests move one by hand. */
public interface WallClock {
  /** Returns the time of day, for people and records. */
  Instant now();

  /** Nanoseconds since a fixed moment, never going back; for measuring and pacing. */
  long nanos();

  /** Waits until {@link #nanos} has reached the deadline; returns at once when it has passed. */
  void awaitNanos(long deadline) throws InterruptedException;

  /** The system's clock. */
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
