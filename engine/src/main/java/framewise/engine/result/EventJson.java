package framewise.engine.result;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Writes events as the API shows them. What is stored is what every client gets, to the byte. */
final class EventJson {
  private EventJson() {}

  static String write(long seq, int run, SessionId session, Instant at, Event event) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("type", event.type());
    json.put("seq", seq);
    json.put("session_id", session.toString());
    json.put("run", run);
    json.put("at", at.toString());
    switch (event) {
      case Event.StatusChanged(var status, var detail) -> {
        json.put("status", status.wireName());
        detail.ifPresent(text -> json.put("detail", text));
      }
      case Event.PromptUpdated(var prompt) -> json.put("prompt", prompt);
      case Event.Ended(var status, var reason) ->
          json.put("status", status.wireName()).put("reason", reason);
      case Event.Result result -> put(json, result);
    }
    return json.toString();
  }

  private static void put(ObjectNode json, Event.Result result) {
    json.put("id", UUID.randomUUID().toString());
    json.put("prompt", result.prompt());
    json.put("backend", result.backend());
    json.put("model", result.model());
    json.put("mode", "clip");
    switch (result.outcome()) {
      case Event.Outcome.Answered(var text, var finishReason) ->
          json.put("result", text)
              .put("ok", true)
              .putNull("error")
              .put("finish_reason", finishReason);
      case Event.Outcome.Failed(var code, var message) -> {
        json.put("result", "").put("ok", false);
        json.putObject("error").put("code", code).put("message", message);
        json.putNull("finish_reason");
      }
    }
    Event.ClipInfo clip = result.clip();
    json.putObject("clip")
        .put("index", clip.index())
        .put("start_seconds", clip.start().seconds())
        .put("end_seconds", clip.end().seconds())
        .put("frames", clip.frames());
    json.put("inference_latency_ms", millis(result.inferenceLatency()));
    json.put("total_latency_ms", millis(result.totalLatency()));
    ObjectNode timings = json.putObject("timings");
    result.timings().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(stage -> timings.put(stage.getKey(), millis(stage.getValue())));
  }

  /** Milliseconds with one decimal. */
  private static double millis(Duration duration) {
    return Math.round(duration.toNanos() / 100_000.0) / 10.0;
  }
}
