package framewise.server.access.attempt;

import java.util.Optional;
import java.util.function.Function;

/** Failed sign-in attempts by key. Safe for any number of threads. */
public interface AttemptCounts {
  /**
   * Attempts without a correct password.
   *
   * @param attempts so far
   * @param last time of the last one, in nanoseconds of {@link CountAccess#now}
   */
  record Count(int attempts, long last) {}

  /** Access to the counts, while nobody else changes those of the same sender. */
  interface CountAccess {
    /** Current time in nanoseconds, of a clock that all nodes share. */
    long now();

    Optional<Count> find(String key);

    void put(String key, Count count);

    void remove(String key);
  }

  /** Runs steps; those for the same sender run one after the other. */
  <T> T of(String sender, Function<CountAccess, T> steps);
}
