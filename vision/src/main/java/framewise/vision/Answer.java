package framewise.vision;

import java.time.Duration;
import java.util.Map;

/**
 * What a back end answered.
 *
 * @param text the answer; JSON text where a schema was asked for
 * @param model who answered
 * @param finishReason why it ended there
 * @param timings how long each stage took, by its name in the API, such as {@code ocr}
 */
public record Answer(
    String text, String model, FinishReason finishReason, Map<String, Duration> timings) {
  public Answer {
    timings = Map.copyOf(timings);
  }
}
