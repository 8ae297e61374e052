package framewise.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.engine.pipeline.Prompt;
import framewise.engine.pipeline.PromptSettings;
import framewise.server.http.Fields;
import framewise.server.http.ShownText;
import framewise.vision.ModelName;
import framewise.vision.Reasoning;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads what is asked: {@code prompt} with what belongs to it, or {@code prompts}, of which each
 * has a name of its own. What stands beside {@code prompts} holds for each that does not say it
 * itself.
 */
final class PromptsField {
  static final int MAX_OUTPUT_TOKENS = 100_000;
  static final int MAX_PROMPTS = 8;

  /** Characters of the name of a back end or a model. */
  static final int LONGEST_NAME = 200;

  private static final int LONGEST_SHOWN = 80;

  /** What belongs to a prompt, and what may stand beside several for all of them. */
  private record Manner(
      Optional<String> system,
      Optional<String> backend,
      Optional<String> model,
      Optional<JsonNode> schema,
      OptionalInt tokens,
      Optional<Reasoning> reasoning) {
    static Manner read(Fields fields) {
      return new Manner(
          notBlank(fields.string("system", Prompt.MAX_LENGTH)),
          notBlank(fields.string("backend", LONGEST_NAME)),
          notBlank(PromptsField.model(fields)),
          fields.schema("output_schema"),
          fields.wholeNumber("max_output_tokens", 1, MAX_OUTPUT_TOKENS),
          PromptsField.reasoning(fields));
    }

    /** With what it does not say itself; a model is that of its back end. */
    Manner or(Manner shared) {
      return new Manner(
          system.or(shared::system),
          backend.or(shared::backend),
          model.or(() -> backend.isEmpty() ? shared.model : Optional.empty()),
          schema.or(shared::schema),
          tokens.isPresent() ? tokens : shared.tokens,
          reasoning.or(shared::reasoning));
    }

    PromptSettings asks(Prompt prompt, Optional<String> name) {
      return new PromptSettings(name, prompt, system, backend, model, schema, tokens, reasoning);
    }
  }

  private PromptsField() {}

  /** What the fields say; some is noted as a fault where nothing can be made of it. */
  static List<PromptSettings> read(Fields fields) {
    if (!fields.has("prompts")) {
      Optional<Prompt> only = prompt(fields);
      Manner manner = Manner.read(fields);
      return only.map(text -> manner.asks(text, Optional.empty())).stream().toList();
    }
    if (fields.has("prompt")) {
      fields.add("prompt", "prompt must be left out where there are prompts");
    }
    Manner shared = Manner.read(fields);
    List<PromptSettings> prompts = new ArrayList<>();
    Map<String, String> names = new HashMap<>();
    for (Fields one : fields.list("prompts", MAX_PROMPTS)) {
      Optional<String> name = PromptName.read(one, names);
      Optional<Prompt> prompt = prompt(one);
      Manner manner = Manner.read(one).or(shared);
      prompt.map(text -> manner.asks(text, name)).ifPresent(prompts::add);
    }
    return prompts;
  }

  /** How much the model shall think. */
  static Optional<Reasoning> reasoning(Fields fields) {
    Optional<String> name = fields.string("reasoning");
    Optional<Reasoning> reasoning = name.flatMap(Reasoning::ofWireName);
    if (name.isPresent() && reasoning.isEmpty()) {
      fields.add(
          "reasoning",
          "reasoning is \"%s\" but must be off, low, medium or high".formatted(name.get()));
    }
    return reasoning;
  }

  /** The name of a model, as {@link ModelName} allows it. */
  static Optional<String> model(Fields fields) {
    Optional<String> name = fields.string("model", LONGEST_NAME);
    name.filter(given -> !given.isBlank() && !ModelName.isSound(given))
        .ifPresent(
            given ->
                fields.add(
                    "model",
                    "model is \"%s\" but must have %s, and no two dots in a row"
                        .formatted(ShownText.of(given, LONGEST_SHOWN), ModelName.ALLOWED)));
    return name;
  }

  private static Optional<Prompt> prompt(Fields fields) {
    return fields.requiredString("prompt").flatMap(text -> fields.make(() -> new Prompt(text)));
  }

  private static Optional<String> notBlank(Optional<String> text) {
    return text.filter(value -> !value.isBlank());
  }
}
