package framewise.server.api.request;

import framewise.engine.Refusal;
import framewise.engine.session.plan.Changes;
import framewise.engine.settings.Prompt;
import framewise.engine.settings.PromptFields;
import framewise.engine.settings.PromptSettings;
import framewise.engine.settings.SettingField;
import framewise.engine.settings.StreamFields;
import framewise.engine.settings.StreamSettings;
import framewise.server.http.Fields;
import java.util.List;
import java.util.Optional;

/**
 * Reads the body of {@code PATCH /sessions/{session_id}}: the fields of {@code POST /start-stream}.
 * Missing fields keep their value; {@code null} resets a field to the value it has after a start
 * without it.
 */
public final class ChangeRequest {
  private static final String SOMETHING_IS_ASKED = ": a session needs a prompt";

  private ChangeRequest() {}

  /**
   * Reads all fields.
   *
   * @throws framewise.engine.RefusedException listing every invalid field, once the changes are
   *     applied
   */
  public static Changes read(Fields fields) {
    StreamFields.ALL.stream()
        .filter(field -> !field.changeable())
        .map(SettingField::name)
        .filter(fields::mentions)
        .forEach(
            name ->
                fields.add(
                    name, name + " cannot be changed while it runs: stop it and start it again"));
    fields.requireSound();
    return before -> apply(fields, before);
  }

  private static StreamSettings apply(Fields fields, StreamSettings before) {
    StreamSettings after =
        FieldReader.change(fields, before.withPrompts(prompts(fields, before)), StreamFields.ALL);
    fields.requireSound();
    return after;
  }

  private static List<PromptSettings> prompts(Fields fields, StreamSettings before) {
    boolean first = before.prompts().isEmpty() && mentionsPrompt(fields);
    boolean instead =
        first || (fields.isNull("prompts") && before.isNamed() && fields.has("prompt"));
    if (fields.has("prompts") || instead) {
      List<PromptSettings> prompts = PromptsField.read(fields);
      return fields.isSound() ? prompts : before.prompts(); // report the other fields' faults too
    }
    if (fields.isNull("prompt")) {
      fields.add("prompt", "prompt is null but must be a string" + SOMETHING_IS_ASKED);
      return before.prompts();
    }
    if (fields.isNull("prompts") && before.isNamed()) {
      fields.add("prompts", "prompts is null but must be a list of objects" + SOMETHING_IS_ASKED);
      return before.prompts();
    }
    if (!mentionsPrompt(fields)) {
      return before.prompts();
    }
    if (before.prompts().size() > 1) {
      throw Refusal.field(
              "prompts", "this session has several prompts: send all of them in prompts")
          .asException();
    }
    return List.of(changed(fields, before.first()));
  }

  private static boolean mentionsPrompt(Fields fields) {
    return fields.mentions("prompt")
        || PromptFields.ALL.stream().map(SettingField::name).anyMatch(fields::mentions);
  }

  private static PromptSettings changed(Fields fields, PromptSettings old) {
    Optional<Prompt> prompt =
        fields.string("prompt").flatMap(text -> fields.make(() -> new Prompt(text)));
    PromptSettings changed =
        FieldReader.change(fields, old.withPrompt(prompt.orElse(old.prompt())), PromptFields.ALL);
    boolean stale =
        !changed.backend().equals(old.backend()) && !fields.mentions(PromptFields.MODEL.name());
    return stale ? changed.withModel(Optional.empty()) : changed;
  }
}
