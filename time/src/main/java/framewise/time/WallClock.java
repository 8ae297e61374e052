package framewise.time;

import java.time.Duration;
import java.time.Instant;

/**
 * Clock with the time of day, a steady time for measuring, and waits. Tests use one that they
 * advance themselves.
 */
public interface WallClock {
  /** Returns the time of day, for people and records. */
  Instant now();

  /** Nanoseconds since a fixed moment, never going back; for measuring and pacing. */
  long nanos();

  /** Waits until {@link #nanos} has reached the deadline; returns at once when it has passed. */
  void awaitNanos(long deadline) throws InterruptedException;

  /** Waits; returns at once for zero or less. */
  default void sleep(Duration time) throws InterruptedException {
    awaitNanos(nanos() + time.toNanos());
  }

  /** Starts a stopwatch. */
  default Stopwatch stopwatch() {
    return new Stopwatch(this);
  }

  /** A deadline {@code patience} from now. */
  default Deadline deadline(Duration patience) {
    return new Deadline(this, nanos() + patience.toNanos());
  }

  /** The system's clock. */
  static WallClock system() {
    return SystemClock.INSTANCE;
  }
}
