package framewise.engine.settings;

import framewise.engine.Refusal;
import framewise.media.Sampling;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Fields that belong to a session as a whole. */
public final class StreamFields {
  /** Object of the settings that contains the sampling. */
  static final String PROCESSING = "processing";

  private static final int MAX_FALLBACKS = 8;
  private static final double MAX_BUDGET = 1_000_000;
  private static final String SKIP = "skip_unchanged";

  private static final SettingField<StreamSettings, Double> FPS =
      sampling(
          "fps",
          Sampling::fps,
          (old, fps) ->
              new Sampling(fps, old.samplingRatio(), old.clipLengthSeconds(), old.delaySeconds()),
          "N",
          "nominal frames a second of the video");

  private static final SettingField<StreamSettings, Double> SAMPLING_RATIO =
      sampling(
          "sampling_ratio",
          Sampling::samplingRatio,
          (old, ratio) ->
              new Sampling(old.fps(), ratio, old.clipLengthSeconds(), old.delaySeconds()),
          "N",
          "share of these frames that is used");

  private static final SettingField<StreamSettings, Double> CLIP_LENGTH =
      sampling(
              "clip_length_seconds",
              Sampling::clipLengthSeconds,
              (old, length) ->
                  new Sampling(old.fps(), old.samplingRatio(), length, old.delaySeconds()),
              "SECONDS",
              "length of a clip")
          .withFlag(Optional.of("clip-length"));

  private static final SettingField<StreamSettings, Double> DELAY =
      sampling(
              "delay_seconds",
              Sampling::delaySeconds,
              (old, delay) ->
                  new Sampling(old.fps(), old.samplingRatio(), old.clipLengthSeconds(), delay),
              "SECONDS",
              "time from the start of one clip to the next")
          .withFlag(Optional.of("delay"));

  private static final SettingField<StreamSettings, Double> SKIP_UNCHANGED =
      SettingField.of(
          SKIP,
          new FieldForm.Threshold(SkipUnchanged.DEFAULT_THRESHOLD, SkipUnchanged.ALLOWED),
          settings -> settings.skipUnchanged().map(SkipUnchanged::threshold),
          (settings, threshold) ->
              settings.withSkipUnchanged(
                  threshold.map(share -> new SkipUnchanged(share, refreshSeconds(settings)))),
          "N",
          "ask only when this share of the picture changed: 0 to 1, true or false");

  private static final SettingField<StreamSettings, Double> REFRESH_SECONDS =
      SettingField.<StreamSettings, Double>of(
              "refresh_seconds",
              new FieldForm.Decimal(),
              settings -> settings.skipUnchanged().map(SkipUnchanged::refreshSeconds),
              (settings, seconds) ->
                  settings.withSkipUnchanged(
                      settings
                          .skipUnchanged()
                          .map(
                              skip ->
                                  new SkipUnchanged(
                                      skip.threshold(),
                                      seconds.orElse(SkipUnchanged.DEFAULT_REFRESH_SECONDS)))),
              "SECONDS",
              "ask anyway after this much video")
          .needing(SKIP);

  private static final SettingField<StreamSettings, List<String>> FALLBACK =
      SettingField.of(
          "fallback",
          new FieldForm.NameList(MAX_FALLBACKS, PromptFields.MAX_NAME_LENGTH),
          settings -> Optional.of(settings.fallback()).filter(names -> !names.isEmpty()),
          (settings, names) -> settings.withFallback(names.orElse(List.of())),
          "NAMES",
          "back ends that answer while the first can't, separated by commas");

  private static final SettingField<StreamSettings, Double> BUDGET =
      SettingField.of(
          "budget",
          new FieldForm.Decimal(),
          settings -> settings.budget().map(BigDecimal::doubleValue),
          (settings, dollars) -> settings.withBudget(dollars.map(StreamFields::dollars)),
          "DOLLARS",
          "maximum cost, in US dollars");

  public static final SettingField<StreamSettings, Pace> PACE =
      SettingField.<StreamSettings, Pace>of(
              "pace",
              new FieldForm.Choice<>(List.of(Pace.values()), Pace::wireName),
              settings -> Optional.of(settings.pace()),
              (settings, pace) -> settings.withPace(pace.orElse(Pace.REALTIME)),
              "PACE",
              "fast: every clip; realtime: in step with the video (default: fast, if the back end can)")
          .ofFiles();

  private static final SettingField<StreamSettings, Boolean> LOOP =
      SettingField.<StreamSettings, Boolean>of(
              "loop",
              new FieldForm.Flag(),
              settings -> Optional.of(settings.loop()),
              (settings, loop) -> settings.withLoop(loop.orElse(false)),
              "BOOLEAN",
              "start again at the end of the video")
          .withFlag(Optional.empty())
          .ofFiles();

  /** All fields, in the order in which they are read and their errors listed. */
  public static final List<SettingField<StreamSettings, ?>> ALL =
      List.of(
          FPS,
          SAMPLING_RATIO,
          CLIP_LENGTH,
          DELAY,
          SKIP_UNCHANGED,
          REFRESH_SECONDS,
          FALLBACK,
          BUDGET,
          PACE,
          LOOP);

  private StreamFields() {}

  private interface Resampling {
    Sampling with(Sampling old, double value);
  }

  private static SettingField<StreamSettings, Double> sampling(
      String name,
      Function<Sampling, Double> getter,
      Resampling resampling,
      String label,
      String meaning) {
    double usual = getter.apply(Sampling.DEFAULT);
    return SettingField.<StreamSettings, Double>of(
            name,
            new FieldForm.Decimal(),
            settings -> Optional.of(getter.apply(settings.sampling())),
            (settings, value) ->
                settings.withSampling(resampling.with(settings.sampling(), value.orElse(usual))),
            label,
            "%s (default: %s)".formatted(meaning, usual))
        .in(PROCESSING);
  }

  private static double refreshSeconds(StreamSettings settings) {
    return settings
        .skipUnchanged()
        .map(SkipUnchanged::refreshSeconds)
        .orElse(SkipUnchanged.DEFAULT_REFRESH_SECONDS);
  }

  private static BigDecimal dollars(double amount) {
    if (!(amount > 0 && amount <= MAX_BUDGET)) {
      throw Refusal.field(
              "budget",
              "budget is %s but must be US dollars above 0 and at most %.0f"
                  .formatted(amount, MAX_BUDGET))
          .asException();
    }
    return BigDecimal.valueOf(amount);
  }
}
