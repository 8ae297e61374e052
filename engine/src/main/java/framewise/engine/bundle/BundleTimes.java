package framewise.engine.bundle;

import framewise.engine.RefusedException;
import java.time.Duration;
import java.time.Instant;

/**
 * Checks when something of a bundle was made: kept pictures are deleted by their age, so that one
 * from the future would outlive those of everybody else.
 *
 * @param now time on this machine
 */
public record BundleTimes(Instant now) {
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

  /** Clocks of two machines may differ by this much. */
  private static final Duration AHEAD = Duration.ofMinutes(1);

  /**
   * Requires a time from 2000 until now.
   *
   * @param what has the time, as the subject of a sentence
   * @throws RefusedException for another time
   */
  public void require(Instant at, String what) {
    if (at.isBefore(EARLIEST)) {
      throw Bundle.bad("%s is from before the year 2000".formatted(what));
    }
    requirePast(at, what);
  }

  /** Like {@link #require}, without a limit in the past: not every camera knows the year. */
  public void requirePast(Instant at, String what) {
    if (at.isAfter(now.plus(AHEAD))) {
      throw Bundle.bad("%s is from the future by the clock of this machine".formatted(what));
    }
  }
}
