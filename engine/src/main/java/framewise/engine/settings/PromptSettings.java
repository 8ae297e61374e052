package framewise.engine.settings;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.vision.Backend;
import framewise.vision.Question;
import framewise.vision.Reasoning;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One prompt with its back end and model. {@link #of} makes one with defaults, and each {@code
 * with} replaces one value.
 *
 * @param name identifies the prompt among several; empty where there is only one
 * @param system the system prompt
 * @param backend the back end's name; empty to use the first that is ready at the start
 * @param model empty for the back end's default
 * @param outputSchema JSON Schema that every answer must match
 * @param maxOutputTokens greater than 0; reasoning tokens are not included
 * @param reasoning how much the model reasons; empty for the model's default
 * @param language the name or BCP 47 tag of the language to answer in; empty for the model's choice
 */
public record PromptSettings(
    Optional<String> name,
    Prompt prompt,
    Optional<String> system,
    Optional<String> backend,
    Optional<String> model,
    Optional<JsonNode> outputSchema,
    OptionalInt maxOutputTokens,
    Optional<Reasoning> reasoning,
    Optional<String> language) {
  /** A prompt with defaults for everything else. */
  public static PromptSettings of(Prompt prompt) {
    return new PromptSettings(
        Optional.empty(),
        prompt,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public PromptSettings withName(Optional<String> other) {
    return new PromptSettings(
        other, prompt, system, backend, model, outputSchema, maxOutputTokens, reasoning, language);
  }

  public PromptSettings withPrompt(Prompt other) {
    return new PromptSettings(
        name, other, system, backend, model, outputSchema, maxOutputTokens, reasoning, language);
  }

  public PromptSettings withSystem(Optional<String> other) {
    return new PromptSettings(
        name, prompt, other, backend, model, outputSchema, maxOutputTokens, reasoning, language);
  }

  public PromptSettings withBackend(Optional<String> other) {
    return new PromptSettings(
        name, prompt, system, other, model, outputSchema, maxOutputTokens, reasoning, language);
  }

  public PromptSettings withModel(Optional<String> other) {
    return new PromptSettings(
        name, prompt, system, backend, other, outputSchema, maxOutputTokens, reasoning, language);
  }

  public PromptSettings withOutputSchema(Optional<JsonNode> other) {
    return new PromptSettings(
        name, prompt, system, backend, model, other, maxOutputTokens, reasoning, language);
  }

  public PromptSettings withMaxOutputTokens(OptionalInt other) {
    return new PromptSettings(
        name, prompt, system, backend, model, outputSchema, other, reasoning, language);
  }

  public PromptSettings withReasoning(Optional<Reasoning> other) {
    return new PromptSettings(
        name, prompt, system, backend, model, outputSchema, maxOutputTokens, other, language);
  }

  public PromptSettings withLanguage(Optional<String> other) {
    return new PromptSettings(
        name, prompt, system, backend, model, outputSchema, maxOutputTokens, reasoning, other);
  }

  /**
   * The settings for a fallback back end, without the model, which belongs to the preferred one.
   */
  public PromptSettings toAnother() {
    return withModel(Optional.empty());
  }

  /** The model to request from a back end; fallbacks use their own. */
  public Optional<String> modelOf(Backend asked) {
    return model.filter(name -> backend.equals(Optional.of(asked.name()))).or(asked::defaultModel);
  }

  /** Length of prompt plus system prompt, in characters. */
  public int characters() {
    return prompt.text().length() + instructions().map(String::length).orElse(0);
  }

  /** The question for the preferred back end. */
  public Question question() {
    return new Question(
        prompt.text(), instructions(), model, outputSchema, maxOutputTokens, reasoning);
  }

  /** Instructions beside the prompt: the system prompt, then the language. */
  private Optional<String> instructions() {
    String text =
        Stream.of(system, language.map("Answer in this language: %s."::formatted))
            .flatMap(Optional::stream)
            .collect(Collectors.joining("\n\n"));
    return Optional.of(text).filter(words -> !words.isEmpty());
  }
}
