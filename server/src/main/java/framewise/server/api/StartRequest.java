package framewise.server.api;

import framewise.engine.pipeline.Pace;
import framewise.engine.pipeline.PromptSettings;
import framewise.engine.pipeline.SkipUnchanged;
import framewise.engine.pipeline.StreamSettings;
import framewise.media.Sampling;
import framewise.server.http.Fields;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/**
 * Reads what {@code POST /start-stream} is asked for. What is left out has the original's value.
 */
public final class StartRequest {
  static final int MAX_FALLBACKS = 8;

  private static final double HIGHEST_BUDGET = 1_000_000;

  private StartRequest() {}

  /**
   * Reads all fields.
   *
   * @throws framewise.engine.RefusedException naming every bad one
   */
  public static StreamSettings read(Fields fields) {
    List<PromptSettings> prompts = PromptsField.read(fields);
    Sampling sampling = sampling(fields, Sampling.DEFAULT);
    Optional<SkipUnchanged> skip = skipUnchanged(fields, Optional.empty());
    List<String> fallback = fallback(fields);
    Optional<BigDecimal> budget = budget(fields);
    Pace pace = pace(fields);
    boolean loop = fields.flag("loop").orElse(false);
    fields.requireSound();
    return new StreamSettings(prompts, sampling, skip, fallback, budget, pace, loop);
  }

  /** Checks each number by itself, so that all faults are told. */
  static Sampling sampling(Fields fields, Sampling standard) {
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

  /** {@code skip_unchanged} is true, false or a threshold; {@code refresh_seconds} goes with it. */
  static Optional<SkipUnchanged> skipUnchanged(Fields fields, Optional<SkipUnchanged> standard) {
    double refresh =
        fields
            .number("refresh_seconds")
            .orElse(
                standard
                    .filter(old -> !fields.isNull("refresh_seconds"))
                    .map(SkipUnchanged::refreshSeconds)
                    .orElse(SkipUnchanged.DEFAULT_REFRESH_SECONDS));
    Optional<Boolean> flag = fields.flagIn("skip_unchanged");
    if (flag.isPresent() && !flag.get()) {
      return Optional.empty();
    }
    double usual = standard.map(SkipUnchanged::threshold).orElse(SkipUnchanged.DEFAULT_THRESHOLD);
    OptionalDouble threshold =
        flag.isPresent()
            ? OptionalDouble.of(usual)
            : fields.number("skip_unchanged", SkipUnchanged.ALLOWED);
    if (threshold.isPresent()) {
      return fields.make(() -> new SkipUnchanged(threshold.getAsDouble(), refresh));
    }
    if (standard.isEmpty() && fields.has("refresh_seconds") && !fields.has("skip_unchanged")) {
      fields.add("refresh_seconds", "refresh_seconds needs skip_unchanged");
    }
    return standard.flatMap(old -> fields.make(() -> new SkipUnchanged(old.threshold(), refresh)));
  }

  static List<String> fallback(Fields fields) {
    return fields.strings("fallback", MAX_FALLBACKS, PromptsField.LONGEST_NAME);
  }

  static Optional<BigDecimal> budget(Fields fields) {
    OptionalDouble dollars = fields.number("budget");
    if (dollars.isPresent()
        && !(dollars.getAsDouble() > 0 && dollars.getAsDouble() <= HIGHEST_BUDGET)) {
      fields.add(
          "budget",
          "budget is %s but must be US dollars above 0 and at most %.0f"
              .formatted(dollars.getAsDouble(), HIGHEST_BUDGET));
      return Optional.empty();
    }
    return dollars.isPresent()
        ? Optional.of(BigDecimal.valueOf(dollars.getAsDouble()))
        : Optional.empty();
  }

  private static Pace pace(Fields fields) {
    Optional<String> name = fields.string("pace");
    Optional<Pace> pace = name.flatMap(Pace::ofWireName);
    if (name.isPresent() && pace.isEmpty()) {
      fields.add("pace", "pace is \"%s\" but must be realtime or fast".formatted(name.get()));
    }
    return pace.orElse(Pace.REALTIME);
  }

  private static double number(
      Fields fields, String name, double standard, DoubleFunction<Sampling> check) {
    double value = fields.number(name).orElse(standard);
    return fields.make(() -> check.apply(value)).isPresent() ? value : standard;
  }
}
