package framewise.server.overshoot;

import framewise.engine.WallClock;
import java.time.Duration;

/** The time a stream has left unless its client gives a sign. Safe for any number of threads. */
final class Lease {
  private final WallClock clock;
  private final Duration length;
  private volatile long end;

  /** Begins now. */
  Lease(WallClock clock, Duration length) {
    this.clock = clock;
    this.length = length;
    renew();
  }

  /** It is whole again. */
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
