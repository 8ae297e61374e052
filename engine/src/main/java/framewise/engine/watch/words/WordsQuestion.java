package framewise.engine.watch.words;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.result.Event;
import framewise.engine.settings.Prompt;
import framewise.engine.settings.PromptSettings;
import framewise.engine.watch.Condition;
import framewise.vision.Question;
import java.time.Duration;
import java.util.Optional;

/** Builds the question for a condition in words, with the JSON Schema of its answer. */
final class WordsQuestion {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double MILLIS = 1_000;

  private WordsQuestion() {}

  /**
   * The question.
   *
   * @param name name of its results
   */
  static PromptSettings of(Condition.Words condition, String name) {
    return PromptSettings.of(new Prompt(text(condition)))
        .withName(Optional.of(name))
        .withBackend(condition.backend())
        .withModel(condition.model())
        .withOutputSchema(Optional.of(schema(condition)));
  }

  /** The question for a test whether a back end can answer. */
  static Question plain(Condition.Words condition) {
    return Question.of(text(condition)).withOutputSchema(schema(condition));
  }

  /**
   * Time until the next question: the one that the model chose, within its bounds, or else the
   * configured one.
   */
  static Duration next(Condition.Words condition, Event.Result result) {
    if (condition.pace().isEmpty()) {
      return condition.every();
    }
    Condition.SelfPace bounds = condition.pace().get();
    double seconds = requestedSeconds(result).orElse(condition.every().toMillis() / MILLIS);
    double least = bounds.min().toMillis() / MILLIS;
    double most = bounds.max().toMillis() / MILLIS;
    return Duration.ofMillis(Math.round(Math.clamp(seconds, least, most) * MILLIS));
  }

  private static Optional<Double> requestedSeconds(Event.Result result) {
    if (result.outcome() instanceof Event.Outcome.Answered(var text, var _, var _)) {
      try {
        JsonNode next = JSON.readTree(text).path("next_look_in");
        return next.isNumber() ? Optional.of(next.asDouble()) : Optional.empty();
      } catch (JsonProcessingException noJson) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static String text(Condition.Words condition) {
    String pace =
        condition
            .pace()
            .map(
                bounds ->
                    " next_look_in: after how many seconds, from %d to %d, to look again; long while nothing happens."
                        .formatted(bounds.min().toSeconds(), bounds.max().toSeconds()))
            .orElse("");
    return condition.question()
        + "verdict: yes or no, or unknown if it is not clear. reason: at most 15 words."
        + pace;
  }

  private static ObjectNode schema(Condition.Words condition) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ObjectNode verdict = properties.putObject("verdict").put("type", "string");
    verdict.putArray("enum").add("yes").add("no").add("unknown");
    verdict.put("description", condition.words());
    properties.putObject("reason").put("type", "string");
    condition
        .pace()
        .ifPresent(bounds -> properties.putObject("next_look_in").put("type", "number"));
    schema.putArray("required").add("verdict");
    return schema;
  }
}
