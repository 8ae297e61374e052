package framewise.server.api;

import framewise.engine.pipeline.Pace;
import framewise.engine.pipeline.Prompt;
import framewise.engine.pipeline.StreamSettings;
import framewise.media.Sampling;
import framewise.server.http.Fields;
import java.util.Optional;
import java.util.function.DoubleFunction;

/**
 * Reads what {@code POST /start-stream} is asked for. What is left out has the original's value.
 */
public final class StartRequest {
  static final int MAX_OUTPUT_TOKENS = 100_000;

  private static final int LONGEST_NAME = 200;

  private StartRequest() {}

  /**
   * Reads all fields.
   *
   * @throws framewise.engine.RefusedException naming every bad one
   */
  public static StreamSettings read(Fields fields) {
    Optional<Prompt> prompt =
        fields.requiredString("prompt").flatMap(text -> fields.make(() -> new Prompt(text)));
    Optional<String> backend = name(fields, "backend");
    Optional<String> model = name(fields, "model");
    Sampling sampling = sampling(fields);
    var outputSchema = fields.object("output_schema");
    var maxOutputTokens = fields.wholeNumber("max_output_tokens", 1, MAX_OUTPUT_TOKENS);
    Pace pace = pace(fields);
    boolean loop = fields.flag("loop").orElse(false);
    fields.requireSound();
    return new StreamSettings(
        prompt.orElseThrow(), backend, model, sampling, outputSchema, maxOutputTokens, pace, loop);
  }

  private static Optional<String> name(Fields fields, String field) {
    return fields.string(field, LONGEST_NAME).filter(text -> !text.isBlank());
  }

  private static Pace pace(Fields fields) {
    Optional<String> name = fields.string("pace");
    Optional<Pace> pace = name.flatMap(Pace::ofWireName);
    if (name.isPresent() && pace.isEmpty()) {
      fields.add("pace", "pace is \"%s\" but must be realtime or fast".formatted(name.get()));
    }
    return pace.orElse(Pace.REALTIME);
  }

  /** Checks each number by itself, so that all faults are told. */
  private static Sampling sampling(Fields fields) {
    Sampling standard = Sampling.DEFAULT;
    double fps = number(fields, "fps", standard.fps(), value -> new Sampling(value, 1, 1, 1));
    double ratio =
        number(
            fields,
            "sampling_ratio",
            standard.samplingRatio(),
            value -> new Sampling(1, value, 1, 1));
    double length =
        number(
            fields,
            "clip_length_seconds",
            standard.clipLengthSeconds(),
            value -> new Sampling(1, 1, value, 1));
    double delay =
        number(
            fields,
            "delay_seconds",
            standard.delaySeconds(),
            value -> new Sampling(1, 1, 1, value));
    return new Sampling(fps, ratio, length, delay);
  }

  private static double number(
      Fields fields, String name, double standard, DoubleFunction<Sampling> check) {
    double value = fields.number(name).orElse(standard);
    return fields.make(() -> check.apply(value)).isPresent() ? value : standard;
  }
}
