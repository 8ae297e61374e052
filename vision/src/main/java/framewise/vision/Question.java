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
 * @param maxOutputTokens the longest answer wanted, greater than 0
 */
public record Question(
    String prompt,
    Optional<String> system,
    Optional<String> model,
    Optional<JsonNode> outputSchema,
    OptionalInt maxOutputTokens) {
  /** Without a system prompt. */
  public Question(
      String prompt,
      Optional<String> model,
      Optional<JsonNode> outputSchema,
      OptionalInt maxOutputTokens) {
    this(prompt, Optional.empty(), model, outputSchema, maxOutputTokens);
  }

  /** A prompt and nothing else. */
  public static Question of(String prompt) {
    return new Question(prompt, Optional.empty(), Optional.empty(), OptionalInt.empty());
  }
}
