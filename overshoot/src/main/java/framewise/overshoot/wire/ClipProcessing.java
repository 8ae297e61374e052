package framewise.overshoot.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.util.List;
import java.util.Optional;

/**
 * Sampling of frames from a window of time. The rate is either {@code target_fps} or the older pair
 * {@code fps} and {@code sampling_ratio}, never both.
 *
 * @param fps the source's nominal frame rate, as declared by the client: 1 to 120
 * @param samplingRatio the share of those frames that is sampled: 0.1 to 1
 * @param targetFps sampled frames per second: a whole number from 1 to 30, with at least three
 *     frames in a clip
 * @param clipLengthSeconds length of the window: 0.1 to 60 seconds
 * @param delaySeconds time from the start of one window to the start of the next: above 0, at most
 *     60 seconds; if less than the length, windows overlap, if more, they leave gaps
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@JsonDeserialize(using = JsonDeserializer.None.class)
public record ClipProcessing(
    @JsonSerialize(contentUsing = WholeNumbers.Writer.class) Optional<Double> fps,
    Optional<Double> samplingRatio,
    @JsonSerialize(contentUsing = WholeNumbers.Writer.class) Optional<Double> targetFps,
    @JsonProperty(required = true) double clipLengthSeconds,
    @JsonProperty(required = true) double delaySeconds)
    implements Processing {

  private static final double MIN_FRAMES = 3;

  /** Uses the older pair, which every server of v0.2 supports. */
  public static ClipProcessing ofRatio(
      double fps, double samplingRatio, double clipLengthSeconds, double delaySeconds) {
    return new ClipProcessing(
        Optional.of(fps),
        Optional.of(samplingRatio),
        Optional.empty(),
        clipLengthSeconds,
        delaySeconds);
  }

  /** Uses frames per second (servers since February 2026). */
  public static ClipProcessing ofTarget(
      int targetFps, double clipLengthSeconds, double delaySeconds) {
    return new ClipProcessing(
        Optional.empty(),
        Optional.empty(),
        Optional.of((double) targetFps),
        clipLengthSeconds,
        delaySeconds);
  }

  /**
   * A copy with {@code fps} rounded to a whole number: the service's schema requires an integer,
   * while cameras and files report 29.97.
   */
  public ClipProcessing withWholeFps() {
    return new ClipProcessing(
        fps.map(rate -> (double) Math.round(rate)),
        samplingRatio,
        targetFps,
        clipLengthSeconds,
        delaySeconds);
  }

  @Override
  public Mode mode() {
    return Mode.CLIP;
  }

  @Override
  public double intervalBetweenResults() {
    return delaySeconds;
  }

  @Override
  public List<InvalidField> problems() {
    InvalidFields problems = new InvalidFields();
    fps.ifPresent(rate -> problems.range("fps", rate, 1, 120, " frames per second"));
    samplingRatio.ifPresent(ratio -> problems.range("sampling_ratio", ratio, 0.1, 1, ""));
    problems.range("clip_length_seconds", clipLengthSeconds, 0.1, 60, " seconds");
    problems.aboveZero("delay_seconds", delaySeconds, 60, " seconds");
    targetFps.ifPresent(target -> checkTarget(target, problems));
    return problems.list();
  }

  private void checkTarget(double target, InvalidFields problems) {
    if (fps.isPresent() || samplingRatio.isPresent()) {
      problems.add("target_fps", "can't be combined with fps or sampling_ratio: use either");
    }
    problems.range("target_fps", target, 1, 30, " frames per second");
    if (target != Math.rint(target)) {
      problems.add(
          "target_fps", "is " + InvalidFields.text(target) + " but must be a whole number");
    }
    // The small addition makes 6 x 0.5 three frames despite rounding.
    if (target * clipLengthSeconds + 1e-9 < MIN_FRAMES) {
      problems.add(
          "target_fps",
          "of "
              + InvalidFields.text(target)
              + " results in fewer than 3 frames in a clip of "
              + InvalidFields.text(clipLengthSeconds)
              + " seconds: raise it or clip_length_seconds");
    }
  }
}
