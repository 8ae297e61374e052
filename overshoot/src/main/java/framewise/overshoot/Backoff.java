package framewise.overshoot;

import java.time.Duration;

/**
 * How long to wait before trying again: {@code first}, then twice as long each time, never longer
 * than {@code longest}, and never more than {@code attempts} times in a row.
 *
 * @param first the wait before the first new attempt
 * @param longest the longest wait
 * @param attempts how many attempts may fail one after another, at least 1
 */
public record Backoff(Duration first, Duration longest, int attempts) {

  /**
   * 1, 2, 4, 8, 10, 10, 10, 10 s: the official Python client's waits, as often as the most patient
   * client that is known (8 times). Together 55 s, longer than the leases in use (30 to 45 s).
   */
  public static final Backoff DEFAULT =
      new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10), 8);

  /**
   * @throws IllegalArgumentException if a wait is not longer than nothing or there is no attempt
   */
  public Backoff {
    if (!first.isPositive() || longest.compareTo(first) < 0 || attempts < 1) {
      throw new IllegalArgumentException(
          "Waits from " + first + " to " + longest + ", " + attempts + " attempts");
    }
  }

  /**
   * The wait before an attempt.
   *
   * @param attempt 1 for the first new attempt
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
