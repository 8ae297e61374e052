package framewise.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Real time. */
final class SystemClock implements WallClock {
  static final SystemClock INSTANCE = new SystemClock();

  private final Clock utc = Clock.systemUTC();

  private SystemClock() {}

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
}
