package framewise.server.overshoot;

import framewise.media.Sampling;
import framewise.overshoot.wire.Mode;
import framewise.overshoot.wire.Processing;
import framewise.server.http.Fields;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Sampling that a client requests with {@code mode} and {@code processing}. Accepts more than the
 * schema of v0.2: cameras report 29.97 frames a second, and some clients request less than one
 * frame in a clip, which gives one.
 *
 * @param mode input of one inference
 * @param sampling the equivalent in this service
 * @param interval requested seconds between results
 */
record SamplingRequest(Mode mode, Sampling sampling, double interval) {
  /** Default frame rate of the later clients, where a client sets no rate and no ratio. */
  private static final double TARGET_FPS = 6;

  /** Default ratio of frames in the first clients. */
  private static final double RATIO = 0.1;

  private static final double FPS = 30;
  private static final double MAX_TARGET_FPS = 30;
  private static final double MIN_FRAMES = 3;
  private static final double MAX_INTERVAL = 60;

  /** Reads both fields; adds faults to the request, and then returns an unusable value. */
  static SamplingRequest read(Fields request) {
    Optional<Fields> processing = request.fields("processing");
    if (processing.isEmpty()) {
      if (!request.has("processing")) {
        request.add("processing", "processing is missing but must be an object");
      }
      return frames(1);
    }
    Optional<String> named = request.string("mode");
    if (named.filter(mode -> !mode.equals("clip") && !mode.equals("frame")).isPresent()) {
      request.add("mode", "mode is \"%s\" but must be clip or frame".formatted(shown(named)));
    }
    boolean frame =
        named.map(mode -> mode.equals("frame")).orElse(processing.get().has("interval_seconds"));
    return frame ? readFrames(processing.get()) : readClips(processing.get());
  }

  /** Maximum output tokens that a request may set. */
  int maxOutputTokens() {
    // Half a millionth of a token: rounding must not make 128 x 0.7 fall below a whole number.
    return (int) Math.min(Integer.MAX_VALUE, Processing.TOKENS_PER_SECOND * interval + 5e-7);
  }

  private static SamplingRequest readFrames(Fields fields) {
    double interval = required(fields, "interval_seconds", 1);
    if (!(interval > 0 && interval <= MAX_INTERVAL)) {
      fields.add(
          "interval_seconds",
          "interval_seconds is %s but must be above 0 and at most 60".formatted(number(interval)));
      return frames(1);
    }
    return frames(interval);
  }

  private static SamplingRequest frames(double interval) {
    return new SamplingRequest(
        Mode.FRAME,
        new Sampling(1, 1, Sampling.MIN_CLIP_LENGTH_SECONDS, delay(interval)),
        interval);
  }

  private static SamplingRequest readClips(Fields fields) {
    double length = required(fields, "clip_length_seconds", 1);
    if (!(length >= Sampling.MIN_CLIP_LENGTH_SECONDS
        && length <= Sampling.MAX_CLIP_LENGTH_SECONDS)) {
      fields.add(
          "clip_length_seconds",
          "clip_length_seconds is %s but must be from 0.1 to 60".formatted(number(length)));
      length = 1;
    }
    double interval = required(fields, "delay_seconds", 1);
    if (!(interval > 0)) {
      fields.add(
          "delay_seconds", "delay_seconds is %s but must be above 0".formatted(number(interval)));
      interval = 1;
    }
    OptionalDouble target = fields.number("target_fps");
    boolean pair = fields.has("fps") || fields.has("sampling_ratio");
    if (target.isPresent() || !pair) {
      return byTarget(fields, target, pair, length, interval);
    }
    double fps = fields.number("fps").orElse(FPS);
    if (!(fps > 0)) {
      fields.add("fps", "fps is %s but must be above 0".formatted(number(fps)));
      fps = 1;
    }
    double ratio = fields.number("sampling_ratio").orElse(RATIO);
    if (!(ratio > 0 && ratio <= 1)) {
      fields.add(
          "sampling_ratio",
          "sampling_ratio is %s but must be above 0 and at most 1".formatted(number(ratio)));
      ratio = 1;
    }
    double whole = fps >= 1 ? Math.min(Math.rint(fps), Sampling.MAX_FPS) : fps;
    return new SamplingRequest(
        Mode.CLIP, new Sampling(whole, ratio, length, delay(interval)), interval);
  }

  private static SamplingRequest byTarget(
      Fields fields, OptionalDouble asked, boolean pair, double length, double interval) {
    double target = asked.orElse(TARGET_FPS);
    if (pair) {
      fields.add(
          "target_fps",
          "target_fps and fps or sampling_ratio exclude each other: leave one side out");
    }
    if (!(target >= 1 && target <= MAX_TARGET_FPS && target == Math.rint(target))) {
      fields.add(
          "target_fps",
          "target_fps is %s but must be a whole number from 1 to 30".formatted(number(target)));
      target = 1;
    } else if (asked.isPresent() && target * length + 1e-9 < MIN_FRAMES) {
      fields.add(
          "target_fps",
          ("target_fps of %s results in fewer than 3 frames in a clip of %s seconds but"
                  + " must give 3 or more")
              .formatted(number(target), number(length)));
    }
    return new SamplingRequest(
        Mode.CLIP, new Sampling(target, 1, length, delay(interval)), interval);
  }

  private static double required(Fields fields, String name, double standard) {
    if (!fields.has(name)) {
      fields.add(name, "%s is missing but must be a number".formatted(name));
    }
    return fields.number(name).orElse(standard);
  }

  private static double delay(double interval) {
    return Math.clamp(interval, Sampling.MIN_DELAY_SECONDS, Sampling.MAX_DELAY_SECONDS);
  }

  /** Formats without superfluous decimals: 30, 0.1. */
  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static String shown(Optional<String> text) {
    return text.map(full -> full.length() > 40 ? full.substring(0, 40) + "..." : full).orElse("");
  }
}
