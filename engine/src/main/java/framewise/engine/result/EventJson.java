package framewise.engine.result;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.SessionId;
import framewise.engine.Status;
import framewise.engine.money.Cost;
import framewise.media.MediaTime;
import framewise.vision.DetectedContent;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Writes events as JSON for the API. Every client gets exactly the stored bytes. */
final class EventJson {
  private EventJson() {}

  static String write(long seq, int run, SessionId session, Instant at, Event event) {
    return write(seq, run, session, at, event, false);
  }

  /**
   * Writes an event.
   *
   * @param lookback whether it belongs to a look-back, whose results say so
   */
  static String write(
      long seq, int run, SessionId session, Instant at, Event event, boolean lookback) {
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
      case Event.PromptUpdated(var name, var prompt) -> {
        name.ifPresent(text -> json.put("name", text));
        json.put("prompt", prompt);
      }
      case Event.SettingsUpdated(var changed, var settings) -> {
        changed.forEach(json.putArray("changed")::add);
        json.set("settings", settings);
      }
      case Event.Unchanged(var name, var sinceSeq, var skipped, var until) -> {
        name.ifPresent(text -> json.put("name", text));
        json.put("since_seq", sinceSeq).put("skipped", skipped);
        json.put("until_seconds", until.seconds());
      }
      case Event.IncidentChanged(var _, var incident) -> json.set("incident", incident);
      case Event.Ended(var status, var reason) ->
          json.put("status", status.wireName()).put("reason", reason);
      case Event.ResumedOn(var node, var gap) ->
          json.put("node", node).put("gap_seconds", millis(gap) / 1_000);
      case Event.LookbackChanged(var changed) -> json.set("lookback", changed);
      case Event.Result result -> put(json, result, lookback);
    }
    return json.toString();
  }

  /** Replacement for an unreadable event, with all that is known about it. */
  static String damaged(long seq, int run, SessionId session, String type) {
    String sentence = "Event %d is damaged and can't be shown.".formatted(seq);
    if (type.equals("result")) {
      var outcome = new Event.Outcome.Failed("damaged", sentence, Optional.empty());
      var clip = new Event.ClipInfo(0, MediaTime.ZERO, MediaTime.ZERO, 0);
      return write(
          seq,
          run,
          session,
          Instant.EPOCH,
          new Event.Result(
              "damaged-" + seq,
              Optional.empty(),
              "",
              "",
              "",
              outcome,
              clip,
              Duration.ZERO,
              Duration.ZERO,
              Map.of(),
              Optional.empty(),
              Optional.empty()));
    }
    return write(
        seq,
        run,
        session,
        Instant.EPOCH,
        new Event.StatusChanged(Status.FAILED, Optional.of(sentence)));
  }

  static String write(SessionId session, Partial partial) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("type", "partial");
    json.put("session_id", session.toString());
    json.put("id", partial.id());
    partial.name().ifPresent(name -> json.put("name", name));
    put(json, partial.clip());
    json.put("result", partial.text());
    return json.toString();
  }

  private static void put(ObjectNode json, Event.Result result, boolean lookback) {
    json.put("id", result.id());
    if (lookback) {
      json.put("lookback", true);
    }
    result.name().ifPresent(name -> json.put("name", name));
    json.put("prompt", result.prompt());
    json.put("backend", result.backend());
    json.put("model", result.model());
    json.put("mode", "clip");
    switch (result.outcome()) {
      case Event.Outcome.Answered(var text, var finishReason, var seen) -> {
        json.put("result", text)
            .put("ok", true)
            .putNull("error")
            .put("finish_reason", finishReason);
        put(json, seen);
      }
      case Event.Outcome.Failed(var code, var message, var raw) -> {
        json.put("result", "").put("ok", false);
        ObjectNode error = json.putObject("error").put("code", code).put("message", message);
        raw.ifPresent(text -> error.put("raw", text));
        json.putNull("finish_reason");
      }
    }
    put(json, result.clip());
    json.put("inference_latency_ms", millis(result.inferenceLatency()));
    json.put("total_latency_ms", millis(result.totalLatency()));
    ObjectNode timings = json.putObject("timings");
    result.timings().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(stage -> timings.put(stage.getKey(), millis(stage.getValue())));
    timings.put("total", millis(result.totalLatency()));
    result
        .usage()
        .ifPresent(
            usage ->
                json.putObject("usage")
                    .put("input_tokens", usage.inputTokens())
                    .put("output_tokens", usage.outputTokens()));
    result.cost().ifPresent(cost -> json.put("cost_usd", cost.dollars()));
    if (result.cost().map(Cost::estimated).orElse(false)) {
      json.put("cost_estimated", true);
    }
  }

  private static void put(ObjectNode json, DetectedContent seen) {
    seen.objects()
        .ifPresent(
            objects -> {
              ArrayNode array = json.putArray("objects");
              for (DetectedContent.DetectedObject object : objects) {
                put(
                    array.addObject().put("label", object.label()).put("score", object.score()),
                    object.box());
              }
            });
    seen.texts()
        .ifPresent(
            texts -> {
              ArrayNode array = json.putArray("texts");
              for (DetectedContent.DetectedText text : texts) {
                put(
                    array.addObject().put("text", text.text()).put("score", text.score()),
                    text.box());
              }
            });
  }

  private static void put(ObjectNode json, DetectedContent.DetectedBox box) {
    json.putArray("box").add(box.x()).add(box.y()).add(box.width()).add(box.height());
  }

  private static void put(ObjectNode json, Event.ClipInfo clip) {
    ObjectNode about =
        json.putObject("clip")
            .put("index", clip.index())
            .put("start_seconds", clip.start().seconds())
            .put("end_seconds", clip.end().seconds())
            .put("frames", clip.frames());
    clip.startAt().ifPresent(at -> about.put("start_at", at.toString()));
  }

  /** Milliseconds with one decimal. */
  private static double millis(Duration duration) {
    return Math.round(duration.toNanos() / 100_000.0) / 10.0;
  }
}
