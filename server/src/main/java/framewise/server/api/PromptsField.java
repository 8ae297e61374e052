package framewise.server.api;

import framewise.engine.pipeline.Prompt;
import framewise.engine.pipeline.PromptFields;
import framewise.engine.pipeline.PromptSettings;
import framewise.engine.pipeline.SettingField;
import framewise.server.http.Fields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what is asked: {@code prompt} with what belongs to it, or {@code prompts}, of which each
 * has a name of its own. What stands beside {@code prompts} holds for each that does not say it
 * itself.
 */
final class PromptsField {
  static final int MAX_PROMPTS = 8;

  /** Without anything that belongs to a prompt, and with no prompt of its own yet. */
  static final PromptSettings UNSAID = PromptSettings.of(new Prompt("?"));

  private PromptsField() {}

  /** What the fields say; some is noted as a fault where nothing can be made of it. */
  static List<PromptSettings> read(Fields fields) {
    if (!fields.has("prompts")) {
      Optional<Prompt> only = prompt(fields);
      PromptSettings said = said(fields);
      return only.map(said::withPrompt).stream().toList();
    }
    if (fields.has("prompt")) {
      fields.add("prompt", "prompt must be left out where there are prompts");
    }
    PromptSettings shared = said(fields);
    List<PromptSettings> prompts = new ArrayList<>();
    Map<String, String> names = new HashMap<>();
    for (Fields one : fields.list("prompts", MAX_PROMPTS)) {
      Optional<String> name = PromptName.read(one, names);
      Optional<Prompt> prompt = prompt(one);
      PromptSettings said = orFrom(said(one), shared).withName(name);
      prompt.map(said::withPrompt).ifPresent(prompts::add);
    }
    return prompts;
  }

  private static PromptSettings said(Fields fields) {
    return FieldReader.start(fields, UNSAID, PromptFields.ALL);
  }

  /** With what a prompt does not say itself; a model is that of its back end. */
  private static PromptSettings orFrom(PromptSettings own, PromptSettings shared) {
    PromptSettings all = own;
    for (SettingField<PromptSettings, ?> field : PromptFields.ALL) {
      all = field.orFrom(all, shared);
    }
    return own.backend().isPresent() ? all.withModel(own.model()) : all;
  }

  private static Optional<Prompt> prompt(Fields fields) {
    return fields.requiredString("prompt").flatMap(text -> fields.make(() -> new Prompt(text)));
  }
}
