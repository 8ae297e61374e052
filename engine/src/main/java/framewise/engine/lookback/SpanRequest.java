package framewise.engine.lookback;

import framewise.engine.Refusal;
import framewise.media.MediaTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Requested span: in seconds of the video, or in wall-clock time for live video. */
public sealed interface SpanRequest {
  /**
   * The span on the video's clock.
   *
   * @param began wall-clock time of second 0
   * @throws framewise.engine.RefusedException when it ends before it starts
   */
  Span on(Instant began);

  /** In seconds of the video. */
  record Seconds(double start, double end) implements SpanRequest {
    @Override
    public Span on(Instant began) {
      return of(start, end, "end_seconds");
    }
  }

  /** By wall-clock time. */
  record Times(Instant start, Instant end) implements SpanRequest {
    @Override
    public Span on(Instant began) {
      return of(seconds(began, start), seconds(began, end), "end_at");
    }

    private static double seconds(Instant began, Instant at) {
      return Duration.between(began, at).toMillis() / 1e3;
    }
  }

  private static Span of(double start, double end, String field) {
    double from = Math.max(0, start);
    MediaTime first = MediaTime.ofSeconds(from);
    MediaTime last = MediaTime.ofSeconds(Math.max(0, end));
    if (!first.isBefore(last)) {
      Optional<String> other = Optional.of(field.replace("end", "start"));
      throw Refusal.field(
              field, "%s must be after %s, at second 0 or later".formatted(field, other.get()))
          .asException();
    }
    return new Span(first, last);
  }
}
