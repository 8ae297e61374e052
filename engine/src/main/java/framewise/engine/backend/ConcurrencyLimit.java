package framewise.engine.backend;

import java.time.Duration;

/**
 * Limit on concurrent requests to a back end; waiting parties are served in turn. The limit is
 * halved when the back end reports overload or answers far slower than usual, and grows by one
 * after as many good answers as it allows (additive increase, multiplicative decrease: Chiu and
 * Jain, 1989). Safe for any number of threads.
 */
final class ConcurrencyLimit {
  /** Multiple of the usual latency from which an answer counts as far slower. */
  private static final double SLOW_FACTOR = 3;

  /**
   * Answers below this latency never count as slow: so short a delay may be caused by this process
   * rather than by the service.
   */
  private static final Duration NEVER_SLOW = Duration.ofSeconds(2);

  /** Weight of the newest answer in the usual latency. */
  private static final double WEIGHT = 0.1;

  private final RoundRobinPermits permits;
  private final int most;
  private int limit;
  private int good;
  private int sinceShrunk;
  private double usualNanos;

  /**
   * @param most at least 1; also the initial limit
   */
  ConcurrencyLimit(int most) {
    this.most = most;
    this.limit = most;
    this.sinceShrunk = most;
    this.permits = new RoundRobinPermits(most);
  }

  /** Waits for a permit, in turn with other parties; {@link #release} returns it. */
  void acquire(String party) throws InterruptedException {
    permits.acquire(party);
  }

  /** Takes a permit if one is free now. */
  boolean tryAcquire() {
    return permits.tryAcquire();
  }

  void release() {
    permits.release();
  }

  /** The present limit. */
  synchronized int limit() {
    return limit;
  }

  /** Records an answer and its latency. */
  synchronized void answered(Duration latency) {
    sinceShrunk++;
    double nanos = latency.toNanos();
    boolean slow =
        usualNanos > 0 && nanos > SLOW_FACTOR * usualNanos && latency.compareTo(NEVER_SLOW) > 0;
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

  /**
   * Records that the back end is overloaded. Requests that were already running do not lower the
   * limit again.
   */
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
