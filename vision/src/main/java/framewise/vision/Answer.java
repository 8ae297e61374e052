package framewise.vision;

import framewise.vision.tool.ToolCall;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A back end's answer.
 *
 * @param text the answer; JSON text if a schema was requested
 * @param model the model that answered
 * @param finishReason why the answer ended
 * @param timings duration of each stage, by its name in the API, such as {@code ocr}
 * @param usage tokens of all requests for this answer; empty when not counted
 * @param seen what was detected and where, from back ends that report it
 * @param calls of tools that the question offers; the text may then be empty
 */
public record Answer(
    String text,
    String model,
    FinishReason finishReason,
    Map<String, Duration> timings,
    Optional<Usage> usage,
    DetectedContent seen,
    List<ToolCall> calls) {
  public Answer {
    timings = Map.copyOf(timings);
    calls = List.copyOf(calls);
  }

  /** Creates an answer that calls no tools. */
  public Answer(
      String text,
      String model,
      FinishReason finishReason,
      Map<String, Duration> timings,
      Optional<Usage> usage,
      DetectedContent seen) {
    this(text, model, finishReason, timings, usage, seen, List.of());
  }

  /** Creates an answer of text only. */
  public Answer(
      String text,
      String model,
      FinishReason finishReason,
      Map<String, Duration> timings,
      Optional<Usage> usage) {
    this(text, model, finishReason, timings, usage, DetectedContent.NOTHING_TOLD);
  }

  /** Creates an answer of text only, without a token count. */
  public Answer(
      String text, String model, FinishReason finishReason, Map<String, Duration> timings) {
    this(text, model, finishReason, timings, Optional.empty(), DetectedContent.NOTHING_TOLD);
  }
}
