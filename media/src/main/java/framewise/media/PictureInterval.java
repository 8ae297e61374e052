package framewise.media;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Usual interval between the pictures of live video that arrive: the median of the last eight, so
 * that a pause or a burst does not change it. Thread-safe.
 */
public final class PictureInterval {
  private static final int KEPT = 8;

  /** With fewer intervals, one pause would count as usual. */
  private static final int KNOWN = 4;

  private final long[] intervals = new long[KEPT];
  private int count;
  private boolean begun;
  private long newest;

  /**
   * Records an arrival.
   *
   * @param nanos when it arrived, on a steady clock
   */
  public synchronized void arrived(long nanos) {
    if (begun) {
      intervals[count % KEPT] = Math.max(0, nanos - newest);
      count = count == 2 * KEPT - 1 ? KEPT : count + 1;
    }
    begun = true;
    newest = nanos;
  }

  /** The usual interval; empty before the fifth arrival. */
  public synchronized Optional<Duration> usual() {
    if (count < KNOWN) {
      return Optional.empty();
    }
    long[] sorted = Arrays.copyOf(intervals, Math.min(count, KEPT));
    Arrays.sort(sorted);
    return Optional.of(Duration.ofNanos(sorted[sorted.length / 2]));
  }
}
