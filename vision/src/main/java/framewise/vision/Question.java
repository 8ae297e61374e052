package framewise.vision;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is asked of a clip: {@link #of} asks a prompt and nothing else, and each {@code with} adds
 * to it.
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
  /** A prompt and nothing else. */
  public static Question of(String prompt) {
    return new Question(
        prompt,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty());
  }

  public Question withSystem(String text) {
    return new Question(prompt, Optional.of(text), model, outputSchema, maxOutputTokens, reasoning);
  }

  public Question withModel(String name) {
    return new Question(
        prompt, system, Optional.of(name), outputSchema, maxOutputTokens, reasoning);
  }

  public Question withOutputSchema(JsonNode schema) {
    return new Question(prompt, system, model, Optional.of(schema), maxOutputTokens, reasoning);
  }

  public Question withMaxOutputTokens(int tokens) {
    return new Question(prompt, system, model, outputSchema, OptionalInt.of(tokens), reasoning);
  }

  public Question withReasoning(Reasoning level) {
    return new Question(prompt, system, model, outputSchema, maxOutputTokens, Optional.of(level));
  }
}
