package framewise.engine.session.plan;

import framewise.engine.Refusal;
import framewise.engine.result.Event;
import framewise.engine.settings.Prompt;
import framewise.engine.settings.PromptSettings;
import framewise.engine.settings.SettingsJson;
import framewise.engine.settings.StreamSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Changes to the settings, effective from the next clip. */
public interface Changes {
  /**
   * Returns the settings with these changes.
   *
   * @throws framewise.engine.RefusedException when they cannot be applied
   */
  StreamSettings applyTo(StreamSettings settings);

  /** The settings with another text for the prompt of this name, or for the only one. */
  static StreamSettings withPrompt(StreamSettings settings, Optional<String> name, Prompt prompt) {
    List<PromptSettings> prompts = new ArrayList<>(settings.prompts());
    if (prompts.isEmpty()) {
      throw Refusal.field("prompt", "prompt cannot be updated: this session has no prompt yet")
          .asException();
    }
    List<String> names = prompts.stream().flatMap(known -> known.name().stream()).toList();
    for (int i = 0; i < prompts.size(); i++) {
      if (prompts.get(i).name().equals(name) || (name.isEmpty() && prompts.size() == 1)) {
        prompts.set(i, prompts.get(i).withPrompt(prompt));
        return settings.withPrompts(prompts);
      }
    }
    throw Refusal.field(
            "name",
            "name %s but must be %s"
                .formatted(
                    name.map(text -> "is \"" + text + "\"").orElse("is missing"),
                    names.isEmpty()
                        ? "left out: this session has one prompt"
                        : "one of " + String.join(", ", names)))
        .asException();
  }

  /** Events that report the differences; none where nothing differs. */
  static List<Event> events(StreamSettings before, StreamSettings after) {
    List<String> changed = changed(before, after);
    List<Event> events = new ArrayList<>();
    if (before.prompts().size() == after.prompts().size()) {
      for (int i = 0; i < after.prompts().size(); i++) {
        PromptSettings now = after.prompts().get(i);
        if (!now.prompt().equals(before.prompts().get(i).prompt())) {
          events.add(new Event.PromptUpdated(now.name(), now.prompt().text()));
        }
      }
    }
    if (!changed.isEmpty() && !changed.equals(List.of("prompt"))) {
      events.add(new Event.SettingsUpdated(changed, SettingsJson.write(after)));
    }
    return events;
  }

  private static List<String> changed(StreamSettings before, StreamSettings after) {
    var old = SettingsJson.write(before);
    var now = SettingsJson.write(after);
    List<String> changed = new ArrayList<>();
    old.fieldNames()
        .forEachRemaining(
            name -> {
              if (!old.get(name).equals(now.get(name))) {
                changed.add(name);
              }
            });
    now.fieldNames()
        .forEachRemaining(
            name -> {
              if (!old.has(name)) {
                changed.add(name);
              }
            });
    return changed;
  }
}
