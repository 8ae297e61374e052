package framewise.server.api.request;

import framewise.engine.settings.Prompt;
import framewise.engine.settings.PromptFields;
import framewise.engine.settings.PromptSettings;
import framewise.engine.settings.SettingField;
import framewise.engine.settings.SettingsCheck;
import framewise.server.http.Fields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code prompt} with its fields, or {@code prompts}, each with its own name. Fields next to
 * {@code prompts} apply to each prompt that does not set them.
 */
final class PromptsField {
  /** Settings without any field of a prompt. */
  static final PromptSettings NO_FIELDS = PromptSettings.of(new Prompt("?"));

  private PromptsField() {}

  /** The settings from the request; adds a fault for each invalid field. */
  static List<PromptSettings> read(Fields fields) {
    if (!fields.has("prompts")) {
      Optional<Prompt> only = prompt(fields);
      PromptSettings said = said(fields);
      return only.map(said::withPrompt).stream().toList();
    }
    if (fields.has("prompt")) {
      fields.add("prompt", "prompt and prompts exclude each other: leave one out");
    }
    PromptSettings shared = said(fields);
    List<PromptSettings> prompts = new ArrayList<>();
    Map<String, String> names = new HashMap<>();
    for (Fields one : fields.list("prompts", SettingsCheck.MAX_PROMPTS)) {
      Optional<String> name = PromptName.read(one, names);
      Optional<Prompt> prompt = prompt(one);
      PromptSettings said = orFrom(said(one), shared).withName(name);
      prompt.map(said::withPrompt).ifPresent(prompts::add);
    }
    return prompts;
  }

  private static PromptSettings said(Fields fields) {
    return FieldReader.start(fields, NO_FIELDS, PromptFields.ALL);
  }

  /** Adds fields that a prompt does not set; a model is inherited only with its back end. */
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
