package framewise.time;

import java.time.Duration;

/**
 * A moment until which something may take.
 *
 * @param clock that it is on
 * @param nanos on the clock's {@linkplain WallClock#nanos steady time}, which may overflow
 */
public record Deadline(WallClock clock, long nanos) {

  /** A deadline on the system's clock, that much from now. */
  public static Deadline after(Duration patience) {
    return WallClock.system().deadline(patience);
  }

  /** Whether it is over. */
  public boolean hasPassed() {
    return clock.nanos() - nanos >= 0;
  }

  /** Time until then; zero or less when it has passed. */
  public Duration left() {
    return Duration.ofNanos(nanos - clock.nanos());
  }
}
