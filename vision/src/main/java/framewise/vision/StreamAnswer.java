package framewise.vision;

import java.time.Duration;
import java.util.Optional;

/**
 * The result of one inference of a {@link StreamBackend}.
 *
 * @param prompt the prompt that was answered
 * @param model the model that answered
 * @param text the answer, cut where it is too long; empty when there is none
 * @param finishReason why the answer ended
 * @param failure why there is no answer; empty where there is one
 * @param inferenceLatency duration of the inference, as the service reports it
 * @param totalLatency from the newest picture's capture to the answer, as the service reports it
 */
public record StreamAnswer(
    String prompt,
    String model,
    String text,
    FinishReason finishReason,
    Optional<String> failure,
    Duration inferenceLatency,
    Duration totalLatency) {
  public StreamAnswer {
    text = AnswerText.cut(text);
  }
}
