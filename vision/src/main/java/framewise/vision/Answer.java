package framewise.vision;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a back end answered.
 *
 * @param text the answer; JSON text where a schema was asked for
 * @param model who answered
 * @param finishReason why it ended there
 * @param timings how long each stage took, by its name in the API, such as {@code ocr}
 * @param usage what it took, over all requests that were made for it; empty where nobody counts
 * @param seen what was seen and where, of back ends that tell
 */
public record Answer(
    String text,
    String model,
    FinishReason finishReason,
    Map<String, Duration> timings,
    Optional<Usage> usage,
    Seen seen) {
  public Answer {
    timings = Map.copyOf(timings);
  }

  /** An answer in words alone. */
  public Answer(
      String text,
      String model,
      FinishReason finishReason,
      Map<String, Duration> timings,
      Optional<Usage> usage) {
    this(text, model, finishReason, timings, usage, Seen.NOTHING_TOLD);
  }

  /** An answer in words alone whose tokens nobody counts. */
  public Answer(
      String text, String model, FinishReason finishReason, Map<String, Duration> timings) {
    this(text, model, finishReason, timings, Optional.empty(), Seen.NOTHING_TOLD);
  }
}
