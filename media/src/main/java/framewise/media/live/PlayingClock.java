package framewise.media.live;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Schedules the pictures of a playing video: their times, counted from the first picture or from a
 * recording's declared start, and how long to wait for each. Used by one thread.
 */
final class PlayingClock {
  /** A reader that falls further behind does not catch up: the video continues from there. */
  private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** A longer wait means that the video's clock jumped; the picture is shown at once. */
  private static final long MAX_WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final LongSupplier nanos;
  private boolean begun;

  /** Where a recording starts, at or before its first picture. */
  private OptionalLong beginning = OptionalLong.empty();

  /** The zero point on the video's own clock, in microseconds. */
  private long origin;

  /** The newest picture's time since the zero point. */
  private long last;

  /** When the zero point was shown, or would have been. */
  private long zeroNanos;

  /**
   * @param nanos the steady clock
   */
  PlayingClock(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * Sets where the video starts, perhaps with sound; as in players, the first picture is displayed
   * from then on.
   *
   * @param micros on the video's own clock; ignored after the first picture
   */
  void beginAt(long micros) {
    beginning = OptionalLong.of(micros);
  }

  /** Shows the newest picture now, whatever its time; later ones are timed relative to it. */
  void show() {
    zeroNanos = nanos.getAsLong() - last * 1_000;
  }

  /**
   * The next picture's time in microseconds since the beginning.
   *
   * @param micros on the video's own clock; empty for a picture without a time, which follows the
   *     previous one directly
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
   * Nanoseconds to wait for a picture; 0 or less when it is due. A picture that is far too late or
   * far ahead is due at once, and later ones are timed relative to it.
   *
   * @param micros its time since the beginning
   */
  long untilDue(long micros) {
    long now = nanos.getAsLong();
    long wait = zeroNanos + micros * 1_000 - now;
    if (wait < -LATE_NANOS || wait > MAX_WAIT_NANOS) {
      zeroNanos = now - micros * 1_000;
      return 0;
    }
    return wait;
  }
}
