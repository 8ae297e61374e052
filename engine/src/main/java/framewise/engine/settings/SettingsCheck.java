package framewise.engine.settings;

import framewise.engine.Refusal;
import framewise.engine.ShownText;
import framewise.vision.ModelName;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Checks settings from a bundle by the rules for requests. */
public final class SettingsCheck {
  /** Maximum number of prompts. */
  public static final int MAX_PROMPTS = 8;

  private static final int MAX_PROMPT_NAME_LENGTH = 64;

  private SettingsCheck() {}

  /**
   * Requires settings that a request could have made.
   *
   * @throws framewise.engine.RefusedException for the first invalid field
   */
  public static void require(StreamSettings settings) {
    List<PromptSettings> prompts = settings.prompts();
    if (prompts.size() > MAX_PROMPTS) {
      throw bad("prompts", "prompts has more than %d entries".formatted(MAX_PROMPTS));
    }
    Set<String> names = new HashSet<>();
    for (PromptSettings prompt : prompts) {
      requireName(prompt.name(), prompts.size() > 1, names);
      PromptFields.ALL.forEach(field -> require(field, prompt));
      requireBackend(prompt.backend());
    }
    StreamFields.ALL.forEach(field -> require(field, settings));
    settings.fallback().forEach(name -> requireBackend(Optional.of(name)));
  }

  private static void requireName(Optional<String> name, boolean needed, Set<String> others) {
    boolean sound =
        name.map(
                text ->
                    !ShownText.hasHidden(text)
                        && !ShownText.isBlank(text)
                        && text.length() <= MAX_PROMPT_NAME_LENGTH
                        && others.add(text.toLowerCase(Locale.ROOT)))
            .orElse(!needed);
    if (!sound) {
      throw bad(
          "name",
          "name of a prompt must have 1 to %d visible characters and differ from the others"
              .formatted(MAX_PROMPT_NAME_LENGTH));
    }
  }

  private static void requireBackend(Optional<String> backend) {
    if (!backend.map(ModelName::isSound).orElse(true)) {
      throw bad("backend", "backend must have " + ModelName.RULE);
    }
  }

  private static <S, T> void require(SettingField<S, T> field, S settings) {
    Optional<T> value = field.getter().apply(settings);
    boolean sound =
        switch (field.form()) {
          case FieldForm.Characters form -> value.map(text -> isSound(form, text)).orElse(true);
          case FieldForm.WholeNumber form ->
              value
                  .map(Integer.class::cast)
                  .map(number -> number >= form.min() && number <= form.max())
                  .orElse(true);
          case FieldForm.NameList form -> value.map(names -> isSound(form, names)).orElse(true);
          default -> true; // checked while reading
        };
    if (!sound) {
      throw bad(field.name(), field.name() + " is too long, out of range or not allowed");
    }
  }

  private static boolean isSound(FieldForm.Characters form, Object value) {
    String text = value.toString();
    return text.length() <= form.maxLength() && form.sound().test(text);
  }

  private static boolean isSound(FieldForm.NameList form, Object value) {
    List<?> names = (List<?>) value;
    return names.size() <= form.maxCount()
        && names.stream().allMatch(name -> name.toString().length() <= form.maxLength());
  }

  private static framewise.engine.RefusedException bad(String field, String why) {
    return Refusal.field(field, why).asException();
  }
}
