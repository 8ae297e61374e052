package framewise.server.overshoot;

import framewise.time.WallClock;
import java.time.Duration;

/** Time until a stream expires unless its client renews it. Safe for any number of threads. */
final class StreamExpiry {
  private final WallClock clock;
  private final Duration length;
  private volatile long end;

  /** Starts the lease. */
  StreamExpiry(WallClock clock, Duration length) {
    this.clock = clock;
    this.length = length;
    renew();
  }

  /** Renews the lease. */
  void renew() {
    end = clock.nanos() + length.toNanos();
  }

  boolean isOver() {
    return end - clock.nanos() <= 0;
  }

  int seconds() {
    return (int) length.toSeconds();
  }
}
