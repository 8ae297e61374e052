package framewise.engine.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Retry schedule of Standard Webhooks 1.0.0: the first attempt at once, then up to nine retries. A
 * jitter of up to a tenth is added to each delay, so that endpoints that failed together aren't
 * retried together. Safe for any number of threads if its generator is.
 */
final class RetrySchedule {
  /** Number of attempts. */
  static final int ATTEMPTS = 10;

  /** Maximum pause that an endpoint may request. */
  static final Duration MAX_RETRY_AFTER = Duration.ofHours(24);

  private static final List<Duration> DELAYS =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(14),
          Duration.ofHours(20),
          Duration.ofHours(24));

  private static final double JITTER = 0.1;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
  private static final Duration MAX_PAUSE = Duration.ofMinutes(10);

  private final RandomGenerator random;

  RetrySchedule(RandomGenerator random) {
    this.random = random;
  }

  /**
   * Time from a failed attempt to the next one.
   *
   * @param failed number of attempts that failed, at least 1
   * @param retryAfter what the endpoint asked for
   * @return empty after the last attempt
   */
  Optional<Duration> delay(int failed, Optional<Duration> retryAfter) {
    if (failed > DELAYS.size()) {
      return Optional.empty();
    }
    Duration usual = jittered(DELAYS.get(failed - 1));
    return Optional.of(
        retryAfter
            .map(RetrySchedule::capped)
            .filter(wish -> wish.compareTo(usual) > 0)
            .orElse(usual));
  }

  /**
   * Time for which all deliveries to an endpoint pause.
   *
   * @param failures attempts that failed in a row, at least 1
   */
  Duration pause(int failures, Optional<Duration> retryAfter) {
    return retryAfter
        .map(RetrySchedule::capped)
        .orElseGet(
            () -> {
              long doubled = FIRST_PAUSE.toMillis() << Math.min(failures - 1, 10);
              return jittered(Duration.ofMillis(Math.min(doubled, MAX_PAUSE.toMillis())));
            });
  }

  private Duration jittered(Duration delay) {
    return delay.plusMillis((long) (delay.toMillis() * JITTER * random.nextDouble()));
  }

  private static Duration capped(Duration wish) {
    return wish.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : wish;
  }
}
