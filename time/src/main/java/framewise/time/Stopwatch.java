package framewise.time;

import java.time.Duration;

/** Measures the time since it was started. Safe for any number of threads. */
public final class Stopwatch {
  private final WallClock clock;
  private volatile long since;

  Stopwatch(WallClock clock) {
    this.clock = clock;
    this.since = clock.nanos();
  }

  /** Starts one on the system's clock. */
  public static Stopwatch start() {
    return WallClock.system().stopwatch();
  }

  /** Starts again from zero. */
  public void restart() {
    since = clock.nanos();
  }

  /** Time since the start. */
  public Duration elapsed() {
    return Duration.ofNanos(nanos());
  }

  /** Time since the start in nanoseconds. */
  public long nanos() {
    return clock.nanos() - since;
  }

  /** Whether more than {@code time} has elapsed since the start. */
  public boolean exceeds(Duration time) {
    return nanos() > time.toNanos();
  }
}
