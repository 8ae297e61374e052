package framewise.engine.lookback;

import framewise.engine.source.Schedule;
import framewise.media.MediaTime;
import framewise.media.Sampling;
import java.util.Optional;

/**
 * A span of a video.
 *
 * @param start on the video's clock
 * @param end exclusive, after the start
 */
public record Span(MediaTime start, MediaTime end) {
  public Span {
    if (!start.isBefore(end)) {
      throw new IllegalArgumentException("a span ends after it starts");
    }
  }

  /** Number of clips that start within the span; the first one at its start. */
  public long clips(Sampling sampling) {
    return Math.max(1, (long) Math.ceil(seconds() / sampling.delaySeconds() - 1e-6));
  }

  /** The schedule of a clip; empty for clips after the span. */
  public Optional<Schedule> schedule(Schedule usual, long index) {
    Schedule own = usual.from(start);
    return own.start(index).isBefore(end) ? Optional.of(own) : Optional.empty();
  }

  /** Length in seconds. */
  public double seconds() {
    return end.minus(start).seconds();
  }
}
