package framewise.engine.settings;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.engine.ShownText;
import framewise.vision.ModelName;
import framewise.vision.Reasoning;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Fields of a prompt. At the top level of a request with several prompts, they apply to all of
 * them.
 */
public final class PromptFields {
  /** Maximum length of a back end's or a model's name, in characters. */
  public static final int MAX_NAME_LENGTH = 200;

  private static final int MAX_OUTPUT_TOKENS = 100_000;

  /**
   * Length of a BCP 47 tag, in characters, that implementations must support: RFC 5646, section
   * 4.4.1.
   */
  private static final int MAX_LANGUAGE_LENGTH = 35;

  private static final Pattern LANGUAGE_NAME =
      Pattern.compile("\\p{L}[\\p{L}\\p{M}\\p{N} '’(),.-]*");

  private static final SettingField<PromptSettings, String> SYSTEM =
      SettingField.of(
          "system",
          new FieldForm.Characters(
              Prompt.MAX_LENGTH, text -> !ShownText.isBlank(text), "have visible characters"),
          PromptSettings::system,
          PromptSettings::withSystem,
          "TEXT",
          "the system prompt");

  public static final SettingField<PromptSettings, String> BACKEND =
      SettingField.of(
          "backend",
          new FieldForm.Characters(MAX_NAME_LENGTH),
          PromptSettings::backend,
          PromptSettings::withBackend,
          "NAME",
          "the back end that answers (default: the first that is ready)");

  /** Specific to its back end: a prompt that uses another back end does not inherit it. */
  public static final SettingField<PromptSettings, String> MODEL =
      SettingField.of(
          "model",
          new FieldForm.Characters(MAX_NAME_LENGTH, ModelName::isSound, "have " + ModelName.RULE),
          PromptSettings::model,
          PromptSettings::withModel,
          "NAME",
          "the model (default: the back end's own)");

  private static final SettingField<PromptSettings, JsonNode> OUTPUT_SCHEMA =
      SettingField.of(
          "output_schema",
          new FieldForm.JsonSchema(),
          PromptSettings::outputSchema,
          PromptSettings::withOutputSchema,
          "JSON",
          "a JSON Schema that the answers must match");

  private static final SettingField<PromptSettings, Integer> MAX_TOKENS =
      SettingField.of(
          "max_output_tokens",
          new FieldForm.WholeNumber(1, MAX_OUTPUT_TOKENS),
          PromptFields::maxOutputTokens,
          (prompt, tokens) ->
              prompt.withMaxOutputTokens(tokens.map(OptionalInt::of).orElseGet(OptionalInt::empty)),
          "N",
          "maximum length of an answer, in tokens");

  private static final SettingField<PromptSettings, Reasoning> REASONING =
      SettingField.of(
          "reasoning",
          new FieldForm.Choice<>(List.of(Reasoning.values()), Reasoning::wireName),
          PromptSettings::reasoning,
          PromptSettings::withReasoning,
          "LEVEL",
          "how much the model reasons first: off, low, medium or high");

  private static final SettingField<PromptSettings, String> LANGUAGE =
      SettingField.of(
          "language",
          new FieldForm.Characters(
              MAX_LANGUAGE_LENGTH,
              text -> LANGUAGE_NAME.matcher(text).matches(),
              "be the name of a language or its BCP 47 tag, such as German or pt-BR"),
          PromptSettings::language,
          PromptSettings::withLanguage,
          "NAME",
          "the language to answer in, such as German or pt-BR");

  /** All fields, in the order in which they are read and their errors listed. */
  public static final List<SettingField<PromptSettings, ?>> ALL =
      List.of(SYSTEM, BACKEND, MODEL, OUTPUT_SCHEMA, MAX_TOKENS, REASONING, LANGUAGE);

  private PromptFields() {}

  private static Optional<Integer> maxOutputTokens(PromptSettings prompt) {
    OptionalInt tokens = prompt.maxOutputTokens();
    return tokens.isPresent() ? Optional.of(tokens.getAsInt()) : Optional.empty();
  }
}
