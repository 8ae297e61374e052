package framewise.engine.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import framewise.engine.result.Event;
import framewise.vision.DetectedContent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fields of one answer by name: the fields of a structured answer; {@code text} and {@code answer},
 * both the whole text; and, from back ends that report detections, the number of objects by name,
 * such as {@code person} or {@code people}, and {@code texts}. A failed answer has no fields.
 * Immutable.
 */
public final class AnswerFields {
  private static final String BUILTIN = "builtin";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Maximum length of an answer that is parsed as JSON, in characters. A longer one is treated as
   * text only, because parsing it would block the log for too long.
   */
  private static final int MAX_JSON_LENGTH = 200_000;

  private static final int MAX_SHOWN_LENGTH = 300;
  private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)|\\[(\\d{1,6})\\]");

  private final Optional<String> answer;
  private final Optional<JsonNode> structured;
  private final Optional<Map<String, Integer>> counts;
  private final Optional<List<String>> texts;

  /** Objects that the back end looked for; empty if it reports every object that it recognizes. */
  private final Supplier<Optional<Set<String>>> wanted;

  private AnswerFields(
      Optional<String> answer,
      Optional<Map<String, Integer>> counts,
      Optional<List<String>> texts,
      Supplier<Optional<Set<String>>> wanted) {
    this.answer = answer;
    this.structured = answer.flatMap(AnswerFields::parsed);
    this.counts = counts;
    this.texts = texts;
    this.wanted = wanted;
  }

  private static AnswerFields none() {
    return new AnswerFields(
        Optional.empty(), Optional.empty(), Optional.empty(), () -> Optional.of(Set.of()));
  }

  /** The fields of a result. */
  public static AnswerFields of(Event.Result result) {
    return switch (result.outcome()) {
      case Event.Outcome.Failed _ -> none();
      case Event.Outcome.Answered(var text, var _, var seen) ->
          new AnswerFields(
              Optional.of(text),
              seen.objects()
                  .map(
                      objects ->
                          counted(
                              objects.stream()
                                  .map(DetectedContent.DetectedObject::label)
                                  .toList())),
              seen.texts()
                  .map(lines -> lines.stream().map(DetectedContent.DetectedText::text).toList()),
              lookedFor(result.backend(), result.prompt()));
    };
  }

  /** The fields of a stored result. */
  public static AnswerFields of(JsonNode result) {
    if (!result.path("ok").asBoolean()) {
      return none();
    }
    return new AnswerFields(
        Optional.of(result.path("result").asText()),
        values(result, "objects", "label").map(AnswerFields::counted),
        values(result, "texts", "text"),
        lookedFor(result.path("backend").asText(), result.path("prompt").asText()));
  }

  /**
   * The objects that the prompt asks about. The built-in model counts only these; the number of
   * others is unknown.
   */
  private static Supplier<Optional<Set<String>>> lookedFor(String backend, String prompt) {
    return backend.equals(BUILTIN) ? () -> Optional.of(ThingName.wanted(prompt)) : Optional::empty;
  }

  private static Optional<List<String>> values(JsonNode result, String list, String name) {
    return Optional.ofNullable(result.get(list))
        .map(items -> items.valueStream().map(item -> item.path(name).asText()).toList());
  }

  /**
   * The answer for people, shortened: the model's reason if it gives one, otherwise the whole text.
   */
  Optional<String> shown() {
    Optional<String> reason =
        structured.map(json -> json.path("reason").asText()).filter(text -> !text.isBlank());
    return reason
        .or(() -> answer)
        .map(
            text ->
                text.length() > MAX_SHOWN_LENGTH
                    ? text.substring(0, MAX_SHOWN_LENGTH) + "…"
                    : text);
  }

  /** The value of a field; empty where the answer has none. */
  Optional<FieldValue> get(String name) {
    Optional<FieldValue> own = structured.flatMap(json -> at(json, name)).flatMap(FieldValue::of);
    if (own.isPresent()) {
      return own;
    }
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "text", "answer" -> answer.map(FieldValue.Text::new);
      case "texts" ->
          texts.map(
              lines ->
                  new FieldValue.Items(
                      lines.stream().<FieldValue>map(FieldValue.Text::new).toList()));
      case "objects" ->
          counts.map(
              found ->
                  new FieldValue.Amount(found.values().stream().mapToInt(Integer::intValue).sum()));
      default -> ThingName.of(name).flatMap(this::count);
    };
  }

  /**
   * Fields with simple values (numbers, texts and flags): those of a structured answer, then others
   * by name.
   *
   * @param others names of further fields; those without a simple value are omitted
   * @param most maximum number of fields
   */
  Map<String, NewestAnswers.AnswerField> simple(Set<String> others, int most) {
    Map<String, NewestAnswers.AnswerField> found = new LinkedHashMap<>();
    structured
        .map(JsonNode::properties)
        .orElse(Set.of())
        .forEach(field -> add(found, field.getKey(), FieldValue.of(field.getValue()), most));
    for (String name : others) {
      boolean known =
          name.equalsIgnoreCase("text")
              || name.equalsIgnoreCase("answer")
              || found.keySet().stream().anyMatch(name::equalsIgnoreCase);
      if (!known) {
        add(found, name, get(name), most);
      }
    }
    return found;
  }

  private static void add(
      Map<String, NewestAnswers.AnswerField> fields,
      String name,
      Optional<FieldValue> value,
      int most) {
    if (fields.size() >= most || name.isBlank()) {
      return;
    }
    value
        .filter(
            one ->
                one instanceof FieldValue.Amount
                    || one instanceof FieldValue.Text
                    || one instanceof FieldValue.Flag)
        .ifPresent(
            one ->
                fields.put(
                    name,
                    new NewestAnswers.AnswerField(
                        one.toString(), one instanceof FieldValue.Amount)));
  }

  private Optional<FieldValue> count(String thing) {
    if (counts.isEmpty()) {
      return Optional.empty();
    }
    int found = counts.get().getOrDefault(thing, 0);
    boolean known = found > 0 || wanted.get().map(looked -> looked.contains(thing)).orElse(true);
    return known ? Optional.of(new FieldValue.Amount(found)) : Optional.empty();
  }

  private static Map<String, Integer> counted(List<String> labels) {
    Map<String, Integer> counts = new HashMap<>();
    for (String label : labels) {
      String thing = ThingName.of(label).orElse(label.toLowerCase(Locale.ROOT));
      counts.merge(thing, 1, Integer::sum);
    }
    return counts;
  }

  private static Optional<JsonNode> at(JsonNode json, String path) {
    List<String> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(path);
    while (matcher.find()) {
      steps.add(matcher.group());
    }
    JsonNode at = json;
    for (String step : steps) {
      at =
          step.startsWith("[")
              ? at.path(Integer.parseInt(step.substring(1, step.length() - 1)))
              : child(at, step);
    }
    return at.isMissingNode() ? Optional.empty() : Optional.of(at);
  }

  /** The field with exactly this name, or else one that differs in case only. */
  private static JsonNode child(JsonNode json, String name) {
    JsonNode exact = json.path(name);
    if (!exact.isMissingNode()) {
      return exact;
    }
    return json.properties().stream()
        .filter(field -> field.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(exact);
  }

  private static Optional<JsonNode> parsed(String text) {
    String bare = text.strip();
    if (!bare.startsWith("{") || bare.length() > MAX_JSON_LENGTH) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readTree(bare)).filter(JsonNode::isObject);
    } catch (JsonProcessingException plainText) {
      return Optional.empty();
    }
  }
}
