package framewise.engine.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.SessionId;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Writes watches as JSON for the API and the database, and reads them back. */
public final class WatchJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double MILLIS = 1_000;

  private WatchJson() {}

  /** The watch as the API shows it, with all fields that a request may set. */
  public static ObjectNode write(Watch watch) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", watch.id());
    json.put("name", watch.name());
    watch
        .sessions()
        .ifPresent(
            ids -> {
              ArrayNode list = json.putArray("sessions");
              ids.forEach(id -> list.add(id.toString()));
            });
    json.set("when", write(watch.when()));
    write(json, watch.rules());
    json.put("enabled", watch.enabled());
    watch.deliverTo().ifPresent(ids -> ids.forEach(json.putArray("deliver_to")::add));
    watch
        .secondOpinion()
        .ifPresent(
            look -> {
              ObjectNode second = json.putObject("second_opinion").put("backend", look.backend());
              look.model().ifPresent(model -> second.put("model", model));
            });
    watch.snoozedUntil().ifPresent(until -> json.put("snoozed_until", until.toString()));
    watch.snoozedBy().ifPresent(by -> json.put("snoozed_by", by));
    json.put("created_at", watch.createdAt().toString());
    json.put("created_by", watch.createdBy());
    return json;
  }

  private static ObjectNode write(Condition when) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    switch (when) {
      case Condition.Fields(var expression, var prompt) -> {
        json.put("expression", expression.toString());
        prompt.ifPresent(name -> json.put("prompt", name));
      }
      case Condition.Words(var words, var every, var backend, var model, var pace) -> {
        json.put("words", words);
        json.put("every", seconds(every));
        backend.ifPresent(name -> json.put("backend", name));
        model.ifPresent(name -> json.put("model", name));
        pace.ifPresent(
            bounds ->
                json.putObject("self_paced")
                    .put("min", seconds(bounds.min()))
                    .put("max", seconds(bounds.max())));
      }
    }
    return json;
  }

  private static void write(ObjectNode json, WatchRules rules) {
    json.putObject("open").put("yes", rules.thresholds().yes()).put("of", rules.thresholds().of());
    json.putObject("close").put("no_in_a_row", rules.thresholds().noInARow());
    json.put("cooldown", seconds(rules.cooldown()));
    json.put("min_length", seconds(rules.minLength()));
    json.put("max_length", seconds(rules.maxLength()));
    json.put("merge_gap", seconds(rules.mergeGap()));
    rules
        .quietHours()
        .ifPresent(
            hours -> {
              ObjectNode quiet = json.putObject("quiet_hours");
              quiet.put("from", hours.from().toString());
              quiet.put("to", hours.to().toString());
              quiet.put("zone", hours.zone().getId());
              if (!hours.days().isEmpty()) {
                hours.days().stream()
                    .sorted()
                    .map(day -> day.name().toLowerCase(Locale.ROOT))
                    .forEach(quiet.putArray("days")::add);
              }
            });
    rules.maxTriggers().ifPresent(most -> json.put("max_triggers", most));
    rules.until().ifPresent(end -> json.put("until", end.toString()));
  }

  /** Reads what {@link #write(Watch)} wrote; empty where it is damaged. */
  static Optional<Watch> read(String text, String owner, long triggers) {
    try {
      return Optional.of(read(JSON.readTree(text), owner, triggers));
    } catch (JsonProcessingException | RuntimeException damaged) {
      return Optional.empty();
    }
  }

  private static Watch read(JsonNode json, String owner, long triggers) {
    return new Watch(
        json.path("id").asText(),
        json.path("name").asText(),
        strings(json, "sessions")
            .map(ids -> ids.stream().flatMap(id -> SessionId.parse(id).stream()).toList()),
        condition(json.path("when")),
        rules(json),
        json.path("enabled").asBoolean(),
        strings(json, "deliver_to"),
        Optional.ofNullable(json.get("second_opinion"))
            .map(look -> new Watch.SecondLook(look.path("backend").asText(), text(look, "model"))),
        text(json, "snoozed_until").map(Instant::parse),
        text(json, "snoozed_by"),
        Instant.parse(json.path("created_at").asText()),
        json.path("created_by").asText(),
        owner,
        triggers);
  }

  private static Condition condition(JsonNode json) {
    if (json.has("expression")) {
      return new Condition.Fields(
          WatchExpression.parse(json.path("expression").asText()), text(json, "prompt"));
    }
    return new Condition.Words(
        json.path("words").asText(),
        duration(json, "every"),
        text(json, "backend"),
        text(json, "model"),
        Optional.ofNullable(json.get("self_paced"))
            .map(
                bounds ->
                    new Condition.SelfPace(duration(bounds, "min"), duration(bounds, "max"))));
  }

  private static WatchRules rules(JsonNode json) {
    JsonNode quiet = json.path("quiet_hours");
    return new WatchRules(
        new Thresholds(
            json.path("open").path("yes").asInt(),
            json.path("open").path("of").asInt(),
            json.path("close").path("no_in_a_row").asInt()),
        duration(json, "cooldown"),
        duration(json, "min_length"),
        duration(json, "max_length"),
        duration(json, "merge_gap"),
        quiet.isObject()
            ? Optional.of(
                new QuietHours(
                    LocalTime.parse(quiet.path("from").asText()),
                    LocalTime.parse(quiet.path("to").asText()),
                    ZoneId.of(quiet.path("zone").asText()),
                    strings(quiet, "days").orElse(List.of()).stream()
                        .map(day -> DayOfWeek.valueOf(day.toUpperCase(Locale.ROOT)))
                        .collect(Collectors.toSet())))
            : Optional.empty(),
        json.has("max_triggers")
            ? OptionalInt.of(json.path("max_triggers").asInt())
            : OptionalInt.empty(),
        text(json, "until").map(Instant::parse));
  }

  private static Optional<List<String>> strings(JsonNode json, String name) {
    return Optional.ofNullable(json.get(name))
        .map(list -> list.valueStream().map(JsonNode::asText).toList());
  }

  private static Optional<String> text(JsonNode json, String name) {
    return Optional.ofNullable(json.get(name)).map(JsonNode::asText);
  }

  private static Duration duration(JsonNode json, String name) {
    return Duration.ofMillis(Math.round(json.path(name).asDouble() * MILLIS));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / MILLIS;
  }
}
