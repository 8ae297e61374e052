package framewise.vision;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is asked of a clip.
 *
 * @param prompt plain words, not blank
 * @param system how the model shall behave whatever it is asked; back ends without such a thing
 *     leave it out
 * @param model a model of the back end; empty for its default
 * @param outputSchema a JSON Schema object that the answer must fit
 * @param maxOutputTokens the longest answer wanted, greater than 0; thoughts come on top of it
 * @param reasoning how much the model shall think; empty for what is usual with it
 */
public record Question(
    String prompt,
    Optional<String> system,
    Optional<String> model,
    Optional<JsonNode> outputSchema,
    OptionalInt maxOutputTokens,
    Optional<Reasoning> reasoning) {
  /** With the model's usual thoughts. */
  public Question(
      String prompt,
      Optional<String> system,
      Optional<String> model,
      Optional<JsonNode> outputSchema,
      OptionalInt maxOutputTokens) {
    this(prompt, system, model, outputSchema, maxOutputTokens, Optional.empty());
  }

  /** Without a system prompt. */
  public Question(
      String prompt,
      Optional<String> model,
      Optional<JsonNode> outputSchema,
      OptionalInt maxOutputTokens) {
    this(prompt, Optional.empty(), model, outputSchema, maxOutputTokens);
  }

  /** The same, asked of this model. */
  public Question withModel(String other) {
    return new Question(
        prompt, system, Optional.of(other), outputSchema, maxOutputTokens, reasoning);
  }

  /** A prompt and nothing else. */
  public static Question of(String prompt) {
    return new Question(prompt, Optional.empty(), Optional.empty(), OptionalInt.empty());
  }
}
