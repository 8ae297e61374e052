package framewise.overshoot.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Locale;
import java.util.Optional;

/**
 * A message of the results socket: the result of one inference. All fields are written, because
 * every generation of clients requires different ones.
 *
 * @param id the result's id, unique in its stream; empty if missing
 * @param streamId the stream
 * @param mode whether the inference saw a clip or a frame
 * @param modelBackend where the model ran
 * @param modelName the model
 * @param prompt the prompt that was answered
 * @param result the answer; JSON text if a schema was requested
 * @param inferenceLatencyMs duration of the inference in milliseconds
 * @param totalLatencyMs milliseconds from capture to result
 * @param ok whether the inference succeeded; if not, {@code error} says why
 * @param error the failure
 * @param finishReason why the answer ended: {@code stop}, {@code length}, {@code content_filter}
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record InferenceResult(
    String id,
    String streamId,
    Optional<Mode> mode,
    Optional<String> modelBackend,
    String modelName,
    String prompt,
    String result,
    double inferenceLatencyMs,
    double totalLatencyMs,
    @JsonProperty(required = true) boolean ok,
    Optional<String> error,
    Optional<String> finishReason) {

  public InferenceResult {
    id = AbsentFields.orEmpty(id);
    streamId = AbsentFields.orEmpty(streamId);
    modelName = AbsentFields.orEmpty(modelName);
    prompt = AbsentFields.orEmpty(prompt);
    result = AbsentFields.orEmpty(result);
  }

  /**
   * Parses a message of any generation of the service: missing fields are empty, unknown ones are
   * ignored, an answer that is not a string becomes its JSON text, and the old nested form {@code
   * {"inference":{"result":…}}} is supported.
   *
   * @return empty if the message is not a result: it has neither an answer nor an outcome
   */
  public static Optional<InferenceResult> read(JsonNode message) {
    JsonNode inference = message.path("inference");
    JsonNode answer = message.has("result") ? message.path("result") : inference.path("result");
    boolean outcome = message.path("ok").isBoolean() || message.path("error").isTextual();
    if (!message.isObject() || (answer.isMissingNode() && !outcome)) {
      return Optional.empty();
    }
    Optional<String> error = text(message, "error");
    return Optional.of(
        new InferenceResult(
            message.path("id").asText(""),
            message.path("stream_id").asText(""),
            text(message, "mode").flatMap(InferenceResult::mode),
            text(message, "model_backend"),
            message.path("model_name").asText(""),
            message.path("prompt").asText(""),
            answer(answer),
            message.path("inference_latency_ms").asDouble(0),
            message.path("total_latency_ms").asDouble(0),
            message.path("ok").asBoolean(error.isEmpty()),
            error,
            text(message, "finish_reason")));
  }

  private static String answer(JsonNode answer) {
    if (answer.isMissingNode() || answer.isNull()) {
      return "";
    }
    return answer.isValueNode() ? answer.asText() : answer.toString();
  }

  private static Optional<String> text(JsonNode message, String field) {
    JsonNode value = message.path(field);
    return value.isMissingNode() || value.isNull()
        ? Optional.empty()
        : Optional.of(value.isValueNode() ? value.asText() : value.toString());
  }

  private static Optional<Mode> mode(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "clip" -> Optional.of(Mode.CLIP);
      case "frame" -> Optional.of(Mode.FRAME);
      default -> Optional.empty();
    };
  }
}
