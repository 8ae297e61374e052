package framewise.server.access.attempt;

import framewise.server.access.attempt.AttemptCounts.Count;
import framewise.server.access.attempt.AttemptCounts.CountAccess;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Slows down password guessing. Failures are counted by sender and account, and by sender: guesses
 * from elsewhere never lock out an account's owner. A browser that was signed in before is counted
 * separately, so that a neighbour behind the same router can't lock it out either. Safe for any
 * number of threads.
 */
public final class SignInLimits {
  private static final int FREE_ATTEMPTS = 5;
  private static final int FREE_ATTEMPTS_OF_SENDER = 20;
  private static final Duration MAX_WAIT = Duration.ofMinutes(15);
  private static final Duration FORGOTTEN = Duration.ofHours(1);

  private final AttemptCounts counts;

  public SignInLimits(AttemptCounts counts) {
    this.counts = counts;
  }

  /**
   * Registers an attempt, which counts as failed until {@link #succeeded}.
   *
   * @param sender an address, or a known browser
   * @return how long to wait where it is refused; empty where it is allowed
   */
  public Optional<Duration> attempt(String sender, String account) {
    return counts.of(
        sender,
        kept -> {
          Duration wait = wait(kept, pair(sender, account), FREE_ATTEMPTS);
          Duration all = wait(kept, sender, FREE_ATTEMPTS_OF_SENDER);
          Duration longer = wait.compareTo(all) > 0 ? wait : all;
          if (longer.isPositive()) {
            return Optional.of(longer);
          }
          for (String key : List.of(pair(sender, account), sender)) {
            kept.put(key, new Count(attempts(kept, key) + 1, kept.now()));
          }
          return Optional.empty();
        });
  }

  /** Records that the password was correct. */
  public void succeeded(String sender, String account) {
    int _ =
        counts.of(
            sender,
            kept -> {
              kept.remove(pair(sender, account));
              // Keeps the sender's other failures: signing in to one's own account must not give
              // free guesses at other accounts.
              int left = Math.max(0, attempts(kept, sender) - 1);
              kept.put(sender, new Count(left, kept.now()));
              return left;
            });
  }

  private static Duration wait(CountAccess kept, String key, int free) {
    Optional<Count> count = count(kept, key);
    int over = attempts(kept, key) - free;
    if (count.isEmpty() || over < 0) {
      return Duration.ZERO;
    }
    Duration pause = Duration.ofSeconds(1L << Math.min(over, 10));
    Duration bounded = pause.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : pause;
    return bounded.minusNanos(kept.now() - count.get().last());
  }

  private static int attempts(CountAccess kept, String key) {
    return count(kept, key).map(Count::attempts).orElse(0);
  }

  private static Optional<Count> count(CountAccess kept, String key) {
    return kept.find(key).filter(count -> kept.now() - count.last() <= FORGOTTEN.toNanos());
  }

  private static String pair(String sender, String account) {
    return sender + " " + account;
  }
}
