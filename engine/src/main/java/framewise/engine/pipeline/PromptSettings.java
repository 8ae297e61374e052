package framewise.engine.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.vision.Backend;
import framewise.vision.Question;
import framewise.vision.Reasoning;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One prompt and whom it is asked of.
 *
 * @param name tells the answers of several prompts apart; empty where there is but one
 * @param system how the model shall behave whatever it is asked
 * @param backend the back end's name; empty, until it is started, for the first that is ready
 * @param model empty for the back end's default
 * @param outputSchema a JSON Schema that every answer must fit
 * @param maxOutputTokens greater than 0; thoughts come on top of it
 * @param reasoning how much the model shall think; empty for what is usual with it
 */
public record PromptSettings(
    Optional<String> name,
    Prompt prompt,
    Optional<String> system,
    Optional<String> backend,
    Optional<String> model,
    Optional<JsonNode> outputSchema,
    OptionalInt maxOutputTokens,
    Optional<Reasoning> reasoning) {
  /** With the model's usual thoughts. */
  public PromptSettings(
      Optional<String> name,
      Prompt prompt,
      Optional<String> system,
      Optional<String> backend,
      Optional<String> model,
      Optional<JsonNode> outputSchema,
      OptionalInt maxOutputTokens) {
    this(name, prompt, system, backend, model, outputSchema, maxOutputTokens, Optional.empty());
  }

  public PromptSettings withPrompt(Prompt other) {
    return new PromptSettings(
        name, other, system, backend, model, outputSchema, maxOutputTokens, reasoning);
  }

  public PromptSettings withBackend(String other) {
    return new PromptSettings(
        name, prompt, system, Optional.of(other), model, outputSchema, maxOutputTokens, reasoning);
  }

  /** For those who answer in the stead of the back end wanted, and do not know its models. */
  public PromptSettings toAnother() {
    return new PromptSettings(
        name, prompt, system, backend, Optional.empty(), outputSchema, maxOutputTokens, reasoning);
  }

  /** The model that a back end is asked for; those who answer in another's stead have their own. */
  public Optional<String> modelOf(Backend asked) {
    return model.filter(name -> backend.equals(Optional.of(asked.name()))).or(asked::defaultModel);
  }

  /** How many characters its words have. */
  public int characters() {
    return prompt.text().length() + system.map(String::length).orElse(0);
  }

  /** The question to the back end wanted. */
  Question question() {
    return new Question(prompt.text(), system, model, outputSchema, maxOutputTokens, reasoning);
  }
}
