package framewise.engine.source;

import java.util.concurrent.TimeUnit;

/**
 * Exponential backoff: starts at one second and doubles each time, up to half a minute. Used by one
 * thread.
 */
public final class RetryWait {
  private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** After a connection of this length, the backoff starts over. */
  private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(10);

  private long nanos;

  /**
   * The next wait in nanoseconds.
   *
   * @param wellNanos how long the connection worked before it failed; 0 if it never did
   */
  long after(long wellNanos) {
    nanos = wellNanos > STEADY_NANOS ? FIRST_NANOS : longer(nanos);
    return nanos;
  }

  /**
   * The wait after a given one, in nanoseconds.
   *
   * @param nanos 0 for none yet
   */
  public static long longer(long nanos) {
    return Math.clamp(2 * nanos, FIRST_NANOS, MAX_NANOS);
  }
}
