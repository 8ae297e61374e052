package framewise.server.api;

import framewise.engine.pipeline.Prompt;
import framewise.engine.pipeline.PromptSettings;
import framewise.server.http.Fields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what is asked: {@code prompt} with what belongs to it, or {@code prompts}, of which each
 * has a name of its own. What stands beside {@code prompts} holds for each that does not say it
 * itself.
 */
final class PromptsField {
  static final int MAX_OUTPUT_TOKENS = 100_000;
  static final int MAX_PROMPTS = 8;

  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_LABEL = 64;

  private PromptsField() {}

  /** What the fields say; some is noted as a fault where nothing can be made of it. */
  static List<PromptSettings> read(Fields fields) {
    if (!fields.has("prompts")) {
      return prompt(fields, Optional.empty()).stream().toList();
    }
    if (fields.has("prompt")) {
      fields.add("prompt", "prompt must be left out where there are prompts");
    }
    List<PromptSettings> prompts = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Fields one : fields.list("prompts", MAX_PROMPTS)) {
      Optional<String> name = one.requiredString("name", LONGEST_LABEL);
      if (name.isPresent() && name.get().isBlank()) {
        one.add("name", "name is empty but must tell this prompt from the others");
      } else if (name.isPresent() && !names.add(name.get())) {
        one.add("name", "name is \"%s\" but another prompt is called so".formatted(name.get()));
      }
      prompt(one, name).map(prompt -> withDefaults(prompt, fields)).ifPresent(prompts::add);
    }
    return prompts;
  }

  private static Optional<PromptSettings> prompt(Fields fields, Optional<String> name) {
    Optional<Prompt> prompt =
        fields.requiredString("prompt").flatMap(text -> fields.make(() -> new Prompt(text)));
    var system = fields.string("system", Prompt.MAX_LENGTH).filter(text -> !text.isBlank());
    var backend = name(fields, "backend");
    var model = name(fields, "model");
    var schema = fields.object("output_schema");
    var tokens = fields.wholeNumber("max_output_tokens", 1, MAX_OUTPUT_TOKENS);
    return prompt.map(
        text -> new PromptSettings(name, text, system, backend, model, schema, tokens));
  }

  private static PromptSettings withDefaults(PromptSettings prompt, Fields shared) {
    Optional<String> backend = prompt.backend().or(() -> name(shared, "backend"));
    boolean sameBackend = prompt.backend().isEmpty();
    return new PromptSettings(
        prompt.name(),
        prompt.prompt(),
        prompt.system().or(() -> shared.string("system", Prompt.MAX_LENGTH)),
        backend,
        prompt.model().or(() -> sameBackend ? name(shared, "model") : Optional.empty()),
        prompt.outputSchema().or(() -> shared.object("output_schema")),
        prompt.maxOutputTokens().isPresent()
            ? prompt.maxOutputTokens()
            : shared.wholeNumber("max_output_tokens", 1, MAX_OUTPUT_TOKENS));
  }

  private static Optional<String> name(Fields fields, String field) {
    return fields.string(field, LONGEST_NAME).filter(text -> !text.isBlank());
  }
}
