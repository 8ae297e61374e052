package framewise.overshoot;

import java.time.Duration;

/**
 * The delays before retries: {@code first}, doubling each time up to {@code longest}, for at most
 * {@code attempts} in a row.
 *
 * @param first the delay before the first retry
 * @param longest the longest delay
 * @param attempts how many attempts in a row may fail, at least 1
 */
public record Backoff(Duration first, Duration longest, int attempts) {

  /**
   * 1, 2, 4, 8, 10, 10, 10, 10 s: the official Python client's delays, as often as the most
   * persistent known client (8 times). Together 55 s, longer than the leases in use (30 to 45 s).
   */
  public static final Backoff DEFAULT =
      new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10), 8);

  /**
   * @throws IllegalArgumentException if a delay is not positive or there is no attempt
   */
  public Backoff {
    if (!first.isPositive() || longest.compareTo(first) < 0 || attempts < 1) {
      throw new IllegalArgumentException(
          "Waits from " + first + " to " + longest + ", " + attempts + " attempts");
    }
  }

  /**
   * The delay before an attempt.
   *
   * @param attempt 1 for the first retry
   */
  public Duration before(int attempt) {
    if (attempt < 1) {
      throw new IllegalArgumentException("Attempt " + attempt);
    }
    Duration wait = first;
    for (int i = 1; i < attempt && wait.compareTo(longest) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(longest) < 0 ? wait : longest;
  }
}
