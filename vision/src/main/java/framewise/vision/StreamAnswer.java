package framewise.vision;

import java.time.Duration;
import java.util.Optional;

/**
 * What one inference of a {@link StreamBackend} gave.
 *
 * @param prompt what was asked
 * @param model who was asked
 * @param text the answer; empty where there is none
 * @param finishReason why the answer ended there
 * @param failure why there is no answer; empty where there is one
 * @param inferenceLatency how long the model took, as the far end says
 * @param totalLatency from the newest picture's capture to the answer, as the far end says
 */
public record StreamAnswer(
    String prompt,
    String model,
    String text,
    FinishReason finishReason,
    Optional<String> failure,
    Duration inferenceLatency,
    Duration totalLatency) {}
