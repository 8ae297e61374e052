package framewise.engine.backend;

import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * How many requests to a back end may be under way at a time. Whoever waits gets a turn in the
 * order in which he came. The number is halved when the back end says that it is too much, or
 * answers far slower than usual, and grows by one after as many good answers as it allows (additive
 * increase, multiplicative decrease: Chiu and Jain, 1989). Safe for any number of threads.
 */
final class Turns {
  /** So many times the usual latency is far slower. */
  private static final double SLOW = 3;

  /**
   * Quicker answers are never too slow: their latency says more about us than about the service.
   */
  private static final Duration NEVER_SLOW = Duration.ofSeconds(2);

  /** Weight of the newest answer in the usual latency. */
  private static final double WEIGHT = 0.1;

  private static final class Permits extends Semaphore {
    private static final long serialVersionUID = 1L;

    Permits(int permits) {
      super(permits, true);
    }

    void withdraw(int permits) {
      reducePermits(permits);
    }
  }

  private final Permits permits;
  private final int most;
  private int limit;
  private int good;
  private int sinceShrunk;
  private double usualNanos;

  /**
   * @param most at least 1; as many are allowed at first
   */
  Turns(int most) {
    this.most = most;
    this.limit = most;
    this.sinceShrunk = most;
    this.permits = new Permits(most);
  }

  /** Waits for a turn; {@link #release} gives it back. */
  void acquire() throws InterruptedException {
    permits.acquire();
  }

  /** Takes a turn if there is one now. */
  boolean tryAcquire() {
    return permits.tryAcquire();
  }

  void release() {
    permits.release();
  }

  /** How many are allowed now. */
  synchronized int limit() {
    return limit;
  }

  /** A request was answered after so long. */
  synchronized void answered(Duration latency) {
    sinceShrunk++;
    double nanos = latency.toNanos();
    boolean slow = usualNanos > 0 && nanos > SLOW * usualNanos && latency.compareTo(NEVER_SLOW) > 0;
    usualNanos = usualNanos == 0 ? nanos : usualNanos + WEIGHT * (nanos - usualNanos);
    if (slow) {
      overloaded();
      return;
    }
    good++;
    if (good >= limit && limit < most) {
      good = 0;
      limit++;
      permits.release();
    }
  }

  /** The back end says that this is too much. What was under way already is not held against it. */
  synchronized void overloaded() {
    good = 0;
    if (sinceShrunk < limit) {
      sinceShrunk++;
      return;
    }
    int smaller = Math.max(1, limit / 2);
    permits.withdraw(limit - smaller);
    limit = smaller;
    sinceShrunk = 0;
  }
}
