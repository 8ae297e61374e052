package framewise.media;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * When the pictures of a video that plays now are shown: their times, counted from the first or
 * from where a recording says that it begins, and how long each has to be waited for. Used by one
 * thread.
 */
final class PlayingClock {
  /** Who comes later than this is not caught up with: the video goes on from there. */
  private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** A longer wait for a picture is a jump in the video's clock, and nothing is shown meanwhile. */
  private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final LongSupplier nanos;
  private boolean begun;

  /** Where a recording begins, before its first picture or with it. */
  private OptionalLong beginning = OptionalLong.empty();

  /** What is 0, on the video's own clock, in microseconds. */
  private long origin;

  /** The newest picture's time from there. */
  private long last;

  /** When that was shown, or would have been. */
  private long zeroNanos;

  /**
   * @param nanos the steady clock
   */
  PlayingClock(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * The video begins there, with sound perhaps: its first picture is on show from then on, as
   * players have it.
   *
   * @param micros on the video's own clock; counts where no picture was seen yet
   */
  void beginAt(long micros) {
    beginning = OptionalLong.of(micros);
  }

  /** The newest picture is shown now, whatever its time; those after it follow from there. */
  void show() {
    zeroNanos = nanos.getAsLong() - last * 1_000;
  }

  /**
   * The next picture's time in microseconds from the beginning.
   *
   * @param micros on the video's own clock; empty where the picture has no time, and comes right
   *     after the one before
   */
  long next(OptionalLong micros) {
    if (micros.isEmpty()) {
      return last + 1;
    }
    if (!begun) {
      begun = true;
      origin = Math.min(beginning.orElse(Long.MAX_VALUE), micros.getAsLong());
      zeroNanos = nanos.getAsLong();
    }
    last = micros.getAsLong() - origin;
    return last;
  }

  /**
   * The newest picture's time on the video's own clock, in microseconds; empty before the first.
   */
  OptionalLong newest() {
    return begun ? OptionalLong.of(origin + last) : OptionalLong.empty();
  }

  /**
   * How long a picture has to be waited for, in nanoseconds; not above 0 where it is due. One that
   * is long over, or far ahead, is due, and those after it follow from there.
   *
   * @param micros its time from the beginning
   */
  long untilDue(long micros) {
    long now = nanos.getAsLong();
    long wait = zeroNanos + micros * 1_000 - now;
    if (wait < -LATE_NANOS || wait > LONGEST_WAIT_NANOS) {
      zeroNanos = now - micros * 1_000;
      return 0;
    }
    return wait;
  }
}
