package framewise.server.overshoot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import framewise.engine.result.LoggedEvent;
import framewise.overshoot.wire.InferenceResult;
import framewise.overshoot.wire.WireJson;
import java.util.List;
import java.util.Optional;

/** Result in the Overshoot API's format. */
final class ResultMessage {
  /** Codes that the API declares. */
  private static final List<String> FINISH_REASONS = List.of("stop", "length", "content_filter");

  private ResultMessage() {}

  /** Converts a result; empty for other events, which the API does not have. */
  static Optional<String> of(LoggedEvent event, HostedStream stream) {
    if (!event.type().equals("result")) {
      return Optional.empty();
    }
    try {
      JsonNode logged = WireJson.mapper().readTree(event.json());
      return Optional.of(WireJson.mapper().writeValueAsString(message(logged, stream)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("event " + event.seq() + " cannot be read", e);
    }
  }

  private static InferenceResult message(JsonNode logged, HostedStream stream) {
    JsonNode error = logged.path("error").path("message");
    return new InferenceResult(
        logged.path("id").asText(),
        stream.id(),
        Optional.of(stream.order().samplingRequest().mode()),
        Optional.of(stream.order().backend()),
        logged.path("model").asText(),
        logged.path("prompt").asText(),
        logged.path("result").asText(),
        logged.path("inference_latency_ms").asDouble(),
        logged.path("total_latency_ms").asDouble(),
        logged.path("ok").asBoolean(),
        error.isTextual() ? Optional.of(error.asText()) : Optional.empty(),
        Optional.of(logged.path("finish_reason").asText()).filter(FINISH_REASONS::contains));
  }
}
