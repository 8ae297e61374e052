package framewise.engine.bundle;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.ShownText;
import framewise.engine.Status;
import framewise.engine.lookback.LookbackJson;
import framewise.engine.money.Cost;
import framewise.engine.result.Event;
import framewise.engine.result.EventImport.ImportedEvent;
import framewise.media.MediaTime;
import framewise.vision.DetectedContent;
import framewise.vision.Usage;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads events that another service wrote. Accepts only events that a session's log can contain,
 * and drops unknown values.
 */
final class EventLine {
  /** Maximum length of an event, in characters. */
  static final int MAX_LENGTH = 1 << 20;

  /** Maximum length of an answer, or of the unusable reply of a service, in characters. */
  static final int MAX_ANSWER_LENGTH = 256 << 10;

  /** Maximum length of a prompt, in characters. */
  static final int MAX_PROMPT_LENGTH = 64 << 10;

  private static final int MAX_NAME_LENGTH = 400;
  private static final long MAX_TOKENS_OF_JSON = 100_000;
  private static final int DEPTH = 50;
  private static final int DIGITS = 40;
  private static final long MAX_NUMBER = 1L << 60;
  private static final long MAX_TOKENS = 1L << 40;

  /** Maximum number of a run. Later runs of the session continue from it. */
  static final int MAX_RUN = 1_000_000;

  private static final BigDecimal MAX_DOLLARS = BigDecimal.valueOf(1_000_000);
  private static final int MAX_DECIMALS_OF_DOLLARS = 20;

  /**
   * Maximum absolute value of a number's decimal exponent; about the largest that a double can
   * have.
   */
  private static final int MAX_DECIMALS = 400;

  private static final Instant LATEST = Instant.parse("3000-01-01T00:00:00Z");

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH)
                          .maxNumberLength(DIGITS)
                          .maxTokenCount(MAX_TOKENS_OF_JSON)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private EventLine() {}

  /**
   * Reads an event.
   *
   * @throws IllegalArgumentException when the line is not an event; the message says why, phrased
   *     to follow a colon
   */
  static ImportedEvent read(String line) {
    if (line.length() > MAX_LENGTH) {
      throw bad("it is longer than %d characters".formatted(MAX_LENGTH));
    }
    try {
      JsonNode json = JSON.readTree(line);
      requireNumbers(json);
      return event(json);
    } catch (JsonProcessingException e) {
      throw bad("it is not JSON");
    } catch (DateTimeException | ArithmeticException e) {
      throw bad("it has a time or a number that is out of range");
    }
  }

  private static ImportedEvent event(JsonNode json) {
    long seq = whole(json, "seq", MAX_NUMBER);
    int run = (int) whole(json, "run", MAX_RUN);
    if (seq < 1) {
      throw bad("its seq is out of range");
    }
    Event event = content(json);
    boolean lookback = event instanceof Event.LookbackChanged || json.path("lookback").asBoolean();
    return new ImportedEvent(seq, run, Instant.parse(text(json, "at")), lookback, event);
  }

  private static Event content(JsonNode json) {
    String type = text(json, "type");
    return switch (type) {
      case "status" ->
          new Event.StatusChanged(status(json), optional(json, "detail").map(EventLine::message));
      case "prompt_updated" ->
          new Event.PromptUpdated(optionalName(json), text(json, "prompt", MAX_PROMPT_LENGTH));
      case "settings_updated" -> settings(json);
      case "unchanged" ->
          new Event.Unchanged(
              optionalName(json),
              whole(json, "since_seq", MAX_NUMBER),
              whole(json, "skipped", MAX_NUMBER),
              json.has("until_seconds") ? seconds(json, "until_seconds") : MediaTime.ZERO);
      case "incident.opened", "incident.updated", "incident.ended" ->
          new Event.IncidentChanged(type, object(json, "incident"));
      case "end" -> new Event.Ended(status(json), message(text(json, "reason")));
      case "resumed_on" ->
          new Event.ResumedOn(
              message(text(json, "node")),
              Duration.of(seconds(json, "gap_seconds").micros(), ChronoUnit.MICROS));
      case "lookback" -> lookback(json);
      case "result" -> result(json);
      default -> throw bad("its type is unknown");
    };
  }

  private static Event settings(JsonNode json) {
    List<String> changed = new ArrayList<>();
    json.path("changed").forEach(name -> changed.add(name.asText()));
    return new Event.SettingsUpdated(changed, object(json, "settings"));
  }

  private static Event lookback(JsonNode json) {
    ObjectNode lookback = object(json, "lookback");
    try {
      return new Event.LookbackChanged(LookbackJson.write(BundleLookback.read(lookback)));
    } catch (RuntimeException e) {
      throw bad("its look-back can't be read");
    }
  }

  private static Event result(JsonNode json) {
    JsonNode clip = object(json, "clip");
    Map<String, Duration> timings = new HashMap<>();
    json.path("timings")
        .properties()
        .forEach(
            stage -> {
              if (!stage.getKey().equals("total")) {
                timings.put(stage.getKey(), millis(stage.getValue()));
              }
            });
    return new Event.Result(
        name(json, "id"),
        optionalName(json),
        text(json, "prompt", MAX_PROMPT_LENGTH),
        name(json, "backend"),
        name(json, "model"),
        outcome(json),
        new Event.ClipInfo(
            whole(clip, "index", MAX_NUMBER),
            seconds(clip, "start_seconds"),
            seconds(clip, "end_seconds"),
            (int) whole(clip, "frames", Integer.MAX_VALUE),
            optional(clip, "start_at").map(EventLine::instant)),
        millis(number(json, "inference_latency_ms")),
        millis(number(json, "total_latency_ms")),
        timings,
        Optional.ofNullable(json.get("usage"))
            .map(
                usage ->
                    new Usage(
                        whole(usage, "input_tokens", MAX_TOKENS),
                        whole(usage, "output_tokens", MAX_TOKENS))),
        Optional.ofNullable(json.get("cost_usd"))
            .map(cost -> new Cost(dollars(json), json.path("cost_estimated").asBoolean())));
  }

  private static Event.Outcome outcome(JsonNode json) {
    if (json.path("ok").asBoolean()) {
      return new Event.Outcome.Answered(
          text(json, "result", MAX_ANSWER_LENGTH),
          name(json, "finish_reason"),
          new DetectedContent(
              list(
                  json,
                  "objects",
                  one ->
                      new DetectedContent.DetectedObject(text(one, "label"), score(one), box(one))),
              list(
                  json,
                  "texts",
                  one ->
                      new DetectedContent.DetectedText(text(one, "text"), score(one), box(one)))));
    }
    JsonNode error = object(json, "error");
    return new Event.Outcome.Failed(
        name(error, "code"),
        text(error, "message", MAX_ANSWER_LENGTH),
        optional(error, "raw", MAX_ANSWER_LENGTH));
  }

  private static <T> Optional<List<T>> list(
      JsonNode json, String name, Function<JsonNode, T> read) {
    JsonNode array = json.get(name);
    if (array == null) {
      return Optional.empty();
    }
    List<T> list = new ArrayList<>();
    array.forEach(one -> list.add(read.apply(one)));
    return Optional.of(list);
  }

  private static DetectedContent.DetectedBox box(JsonNode json) {
    double[] box = new double[4];
    for (int i = 0; i < box.length; i++) {
      JsonNode side = json.path("box").path(i);
      box[i] = side.asDouble(-1);
      if (!(box[i] >= 0 && box[i] <= 1)) {
        throw bad("it has a box outside the picture");
      }
    }
    return new DetectedContent.DetectedBox(box[0], box[1], box[2], box[3]);
  }

  private static Status status(JsonNode json) {
    try {
      return Status.ofWireName(name(json, "status"));
    } catch (IllegalArgumentException unknown) {
      throw bad("its status is unknown");
    }
  }

  private static MediaTime seconds(JsonNode json, String name) {
    double seconds = number(json, name).doubleValue();
    if (!(seconds >= 0 && seconds < 1e10)) {
      throw bad("its %s is out of range".formatted(name));
    }
    return MediaTime.ofSeconds(seconds);
  }

  private static Duration millis(JsonNode json) {
    double millis = json.isNumber() ? json.doubleValue() : Double.NaN;
    if (!(Math.abs(millis) < 1e12)) {
      throw bad("it has a duration that is out of range");
    }
    return Duration.ofNanos(Math.round(millis * 1e6));
  }

  /** Refuses numbers that would take excessive memory or time to format or add. */
  private static void requireNumbers(JsonNode json) {
    if (json.isNumber()) {
      BigDecimal number = json.decimalValue();
      if (Math.abs((long) number.scale()) > MAX_DECIMALS) {
        throw bad("it has a number that is out of range");
      }
    }
    json.forEach(EventLine::requireNumbers);
  }

  private static double score(JsonNode json) {
    double score = number(json, "score").doubleValue();
    if (!(score >= 0 && score <= 1)) {
      throw bad("its score is not from 0 to 1");
    }
    return score;
  }

  private static BigDecimal dollars(JsonNode json) {
    BigDecimal dollars = number(json, "cost_usd").decimalValue();
    if (dollars.signum() < 0
        || dollars.compareTo(MAX_DOLLARS) > 0
        || dollars.stripTrailingZeros().scale() > MAX_DECIMALS_OF_DOLLARS) {
      throw bad("its cost_usd is out of range");
    }
    return dollars;
  }

  private static Instant instant(String text) {
    Instant instant = Instant.parse(text);
    if (instant.isBefore(Instant.EPOCH) || !instant.isBefore(LATEST)) {
      throw bad("it has a time that is out of range");
    }
    return instant;
  }

  private static long whole(JsonNode json, String name, long most) {
    JsonNode value = number(json, name);
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < 0
        || value.longValue() > most) {
      throw bad("its %s is not a whole number from 0 to %d".formatted(name, most));
    }
    return value.longValue();
  }

  private static JsonNode number(JsonNode json, String name) {
    JsonNode value = json.path(name);
    if (!value.isNumber()) {
      throw bad("its %s is not a number".formatted(name));
    }
    return value;
  }

  private static String text(JsonNode json, String name) {
    JsonNode value = json.path(name);
    if (!value.isTextual()) {
      throw bad("its %s is not text".formatted(name));
    }
    return value.asText();
  }

  private static String text(JsonNode json, String name, int longest) {
    String text = text(json, name);
    if (text.length() > longest) {
      throw bad(
          "its %s has %,d characters, and at most %,d are allowed"
              .formatted(name, text.length(), longest));
    }
    return text;
  }

  /** Short text. */
  private static String name(JsonNode json, String name) {
    String text = text(json, name, MAX_NAME_LENGTH);
    if (ShownText.hasHidden(text)) {
      throw bad("its %s has invisible characters".formatted(name));
    }
    return text;
  }

  private static Optional<String> optionalName(JsonNode json) {
    return json.hasNonNull("name") ? Optional.of(name(json, "name")) : Optional.empty();
  }

  /** Text of a message, without invisible characters. */
  private static String message(String text) {
    return ShownText.ofLines(text, MAX_LENGTH);
  }

  private static Optional<String> optional(JsonNode json, String name, int longest) {
    return json.hasNonNull(name) ? Optional.of(text(json, name, longest)) : Optional.empty();
  }

  private static Optional<String> optional(JsonNode json, String name) {
    return json.hasNonNull(name) ? Optional.of(text(json, name)) : Optional.empty();
  }

  private static ObjectNode object(JsonNode json, String name) {
    if (json.get(name) instanceof ObjectNode object) {
      return object;
    }
    throw bad("its %s is not an object".formatted(name));
  }

  private static IllegalArgumentException bad(String why) {
    return new IllegalArgumentException(why);
  }
}
