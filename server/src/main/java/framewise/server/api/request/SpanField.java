package framewise.server.api.request;

import framewise.engine.lookback.SpanRequest;
import framewise.server.http.Fields;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads the span of a look-back: seconds of the video, or wall-clock times of live video. */
public final class SpanField {
  /** Ten years, in seconds. */
  private static final double MAX_SECONDS = 315_360_000;

  private static final int MAX_TIME_LENGTH = 40;

  private SpanField() {}

  /**
   * Reads it; adds faults to the fields, which the caller reports.
   *
   * @param file whether the video is a file, which has no wall-clock times
   * @return empty where there are faults
   */
  public static Optional<SpanRequest> read(Fields fields, boolean file) {
    if (fields.has("start_at") || fields.has("end_at")) {
      if (file) {
        fields.add(
            "start_at", "start_at is for live video: use start_seconds and end_seconds for a file");
        return Optional.empty();
      }
      Optional<Instant> start = time(fields, "start_at");
      Optional<Instant> end = time(fields, "end_at");
      return start.flatMap(from -> end.map(to -> new SpanRequest.Times(from, to)));
    }
    OptionalDouble start = seconds(fields, "start_seconds");
    OptionalDouble end = seconds(fields, "end_seconds");
    return start.isPresent() && end.isPresent()
        ? Optional.of(new SpanRequest.Seconds(start.getAsDouble(), end.getAsDouble()))
        : Optional.empty();
  }

  private static OptionalDouble seconds(Fields fields, String name) {
    if (!fields.has(name)) {
      fields.add(name, name + " is missing but must be a number of seconds");
      return OptionalDouble.empty();
    }
    OptionalDouble value = fields.number(name);
    if (value.isPresent() && !(value.getAsDouble() >= 0 && value.getAsDouble() <= MAX_SECONDS)) {
      fields.add(
          name,
          "%s is %s but must be from 0 to %.0f".formatted(name, value.getAsDouble(), MAX_SECONDS));
      return OptionalDouble.empty();
    }
    return value;
  }

  private static Optional<Instant> time(Fields fields, String name) {
    Optional<String> text = fields.requiredString(name, MAX_TIME_LENGTH);
    try {
      return text.map(Instant::parse);
    } catch (DateTimeException e) {
      fields.add(
          name, "%s is not a time but must be one such as 2026-04-30T12:00:00Z".formatted(name));
      return Optional.empty();
    }
  }
}
