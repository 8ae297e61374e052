package framewise.server.access;

import framewise.time.WallClock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Slows down password guessing. Failures are counted by sender and account, and by sender: guesses
 * from elsewhere never lock out an account's owner. A browser that was signed in before is counted
 * separately, so that a neighbour behind the same router can't lock it out either. Safe for any
 * number of threads.
 */
final class SignInLimits {
  private static final int FREE_ATTEMPTS = 5;
  private static final int FREE_ATTEMPTS_OF_SENDER = 20;
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final Duration FORGOTTEN = Duration.ofHours(1);
  private static final int MOST_KEPT = 10_000;

  private final WallClock clock;
  private final Map<String, Count> counts =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
          return size() > MOST_KEPT;
        }
      };

  /**
   * @param attempts without a correct password so far
   * @param last time of the last one, in nanoseconds of the clock
   */
  private record Count(int attempts, long last) {}

  SignInLimits(WallClock clock) {
    this.clock = clock;
  }

  /**
   * Registers an attempt, which counts as failed until {@link #succeeded}.
   *
   * @param sender an address, or a known browser
   * @return how long to wait where it is refused; empty where it is allowed
   */
  synchronized Optional<Duration> attempt(String sender, String account) {
    Duration wait = wait(pair(sender, account), FREE_ATTEMPTS);
    Duration all = wait(sender, FREE_ATTEMPTS_OF_SENDER);
    Duration longer = wait.compareTo(all) > 0 ? wait : all;
    if (longer.isPositive()) {
      return Optional.of(longer);
    }
    for (String key : List.of(pair(sender, account), sender)) {
      counts.put(key, new Count(attempts(key) + 1, clock.nanos()));
    }
    return Optional.empty();
  }

  /** Records that the password was correct. */
  synchronized void succeeded(String sender, String account) {
    counts.remove(pair(sender, account));
    // Keeps the sender's other failures: one own account must not give free guesses at others.
    int before = attempts(sender);
    counts.put(sender, new Count(Math.max(0, before - 1), clock.nanos()));
  }

  private Duration wait(String key, int free) {
    Optional<Count> count = count(key);
    int over = attempts(key) - free;
    if (count.isEmpty() || over < 0) {
      return Duration.ZERO;
    }
    Duration pause = Duration.ofSeconds(1L << Math.min(over, 10));
    Duration bounded = pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    return bounded.minusNanos(clock.nanos() - count.get().last());
  }

  private int attempts(String key) {
    return count(key).map(Count::attempts).orElse(0);
  }

  private Optional<Count> count(String key) {
    return Optional.ofNullable(counts.get(key))
        .filter(count -> clock.nanos() - count.last() <= FORGOTTEN.toNanos());
  }

  private static String pair(String sender, String account) {
    return sender + " " + account;
  }
}
