package framewise.media;

import java.time.Duration;
import java.util.Locale;

/**
 * A point on a video's own clock, or a duration, in whole microseconds. A file's clock is that of a
 * player, the {@code currentTime} of a browser's {@code <video>}: zero is the container's zero, not
 * the first picture when sound starts before it. For live video, zero is the first picture.
 *
 * @param micros microseconds, negative only for a backward duration
 */
public record MediaTime(long micros) implements Comparable<MediaTime> {
  /** Zero. */
  public static final MediaTime ZERO = new MediaTime(0);

  private static final double MICROS_PER_SECOND = 1_000_000;

  /** Rounds to the nearest microsecond. */
  public static MediaTime ofSeconds(double seconds) {
    return new MediaTime(Math.round(seconds * MICROS_PER_SECOND));
  }

  /** Truncates to the microsecond. */
  public static MediaTime of(Duration duration) {
    return new MediaTime(duration.toNanos() / 1_000);
  }

  public double seconds() {
    return micros / MICROS_PER_SECOND;
  }

  public Duration toDuration() {
    return Duration.ofNanos(Math.multiplyExact(micros, 1_000));
  }

  public MediaTime plus(MediaTime other) {
    return new MediaTime(Math.addExact(micros, other.micros));
  }

  public MediaTime minus(MediaTime other) {
    return new MediaTime(Math.subtractExact(micros, other.micros));
  }

  public boolean isBefore(MediaTime other) {
    return micros < other.micros;
  }

  public boolean isAfter(MediaTime other) {
    return micros > other.micros;
  }

  @Override
  public int compareTo(MediaTime other) {
    return Long.compare(micros, other.micros);
  }

  /** The time for display: {@code 0:08}, {@code 1:02:03}; truncated to the second. */
  public String clock() {
    long seconds = Math.max(0, micros) / 1_000_000;
    long hours = seconds / 3_600;
    return hours > 0
        ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, seconds / 60 % 60, seconds % 60)
        : String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
  }

  /** The time in WebVTT's format: {@code 00:01:02.345}, truncated to the millisecond. */
  @Override
  public String toString() {
    long millis = Math.abs(micros) / 1_000;
    return String.format(
        Locale.ROOT,
        "%s%02d:%02d:%02d.%03d",
        micros < 0 ? "-" : "",
        millis / 3_600_000,
        millis / 60_000 % 60,
        millis / 1_000 % 60,
        millis % 1_000);
  }
}
