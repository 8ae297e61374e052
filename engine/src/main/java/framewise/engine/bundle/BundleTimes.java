package framewise.engine.bundle;

import framewise.engine.RefusedException;
import java.time.Duration;
import java.time.Instant;

/**
 * Checks the timestamps in a bundle. Kept pictures are deleted by age, so a picture dated in the
 * future would outlive those of all other sessions.
 *
 * @param now time on this machine
 */
public record BundleTimes(Instant now) {
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

  /** Tolerated difference between the clocks of two machines. */
  private static final Duration MAX_CLOCK_SKEW = Duration.ofMinutes(1);

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

  /**
   * Like {@link #require}, but accepts any time in the past, because some cameras have a wrong
   * date.
   */
  public void requirePast(Instant at, String what) {
    if (at.isAfter(now.plus(MAX_CLOCK_SKEW))) {
      throw Bundle.bad(
          "%s is in the future according to the clock of this machine".formatted(what));
    }
  }
}
