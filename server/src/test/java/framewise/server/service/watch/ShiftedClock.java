package framewise.server.service.watch;

import framewise.time.WallClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** The system's clock, whose time of day a test can shift. */
public final class ShiftedClock implements WallClock {
  private final WallClock real = WallClock.system();
  private final AtomicReference<Duration> shift = new AtomicReference<>(Duration.ZERO);

  public void advance(Duration by) {
    shift.accumulateAndGet(by, Duration::plus);
  }

  @Override
  public Instant now() {
    return real.now().plus(shift.get());
  }

  @Override
  public long nanos() {
    return real.nanos();
  }

  @Override
  public void awaitNanos(long deadline) throws InterruptedException {
    real.awaitNanos(deadline);
  }
}
