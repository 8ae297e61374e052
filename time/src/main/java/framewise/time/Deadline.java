package framewise.time;

import java.time.Duration;

/**
 * The moment by which something must have finished.
 *
 * @param clock that measures the time
 * @param nanos the moment, on the clock's {@linkplain WallClock#nanos steady time}, which may
 *     overflow
 */
public record Deadline(WallClock clock, long nanos) {

  /** A deadline on the system's clock, {@code patience} from now. */
  public static Deadline after(Duration patience) {
    return WallClock.system().deadline(patience);
  }

  /** Whether the deadline has passed. */
  public boolean hasPassed() {
    return clock.nanos() - nanos >= 0;
  }

  /** Time until the deadline; zero or less once it has passed. */
  public Duration left() {
    return Duration.ofNanos(nanos - clock.nanos());
  }
}
