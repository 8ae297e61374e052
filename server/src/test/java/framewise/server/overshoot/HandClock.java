package framewise.server.overshoot;

import framewise.engine.WallClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Clock that stands still until a test moves it. Does not support waiting. */
final class HandClock implements WallClock {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);

  @Override
  public Instant now() {
    return Instant.EPOCH.plusNanos(nanos());
  }

  @Override
  public long nanos() {
    return nanos.get();
  }

  @Override
  public void awaitNanos(long deadline) {
    throw new IllegalStateException("nobody waits here");
  }

  void advance(Duration by) {
    nanos.addAndGet(by.toNanos());
  }
}
