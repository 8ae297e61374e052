package framewise.engine.source;

import java.util.concurrent.TimeUnit;

/**
 * How long is waited before something that failed is tried again: a second at first, twice as long
 * each time, at most half a minute. Used by one thread.
 */
public final class RetryWait {
  private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** After what went well for so long, the next attempt is made soon. */
  private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(10);

  private long nanos;

  /**
   * The next wait in nanoseconds.
   *
   * @param wellNanos how long it went well until it failed; 0 where it never did
   */
  long after(long wellNanos) {
    nanos = wellNanos > STEADY_NANOS ? FIRST_NANOS : longer(nanos);
    return nanos;
  }

  /**
   * The wait after another one, in nanoseconds.
   *
   * @param nanos 0 where there was none yet
   */
  public static long longer(long nanos) {
    return Math.clamp(2 * nanos, FIRST_NANOS, LONGEST_NANOS);
  }
}
