package framewise.vision;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.vision.tool.ToolUse;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A question about a clip: {@link #of} makes one with only a prompt, and each {@code with} adds to
 * it.
 *
 * @param prompt plain text, not blank
 * @param system the system prompt; back ends without one ignore it
 * @param model a model of the back end; empty for its default
 * @param outputSchema a JSON Schema object that the answer must fit
 * @param maxOutputTokens maximum length of the answer, greater than 0, not counting reasoning
 * @param reasoning how much the model reasons; empty for the model's default
 * @param tools tools that the model may call; only for back ends with the capability {@link #TOOLS}
 * @param everyPicture whether all of the clip's pictures must be sent: a model that takes fewer
 *     then fails instead of getting some of them
 */
public record Question(
    String prompt,
    Optional<String> system,
    Optional<String> model,
    Optional<JsonNode> outputSchema,
    OptionalInt maxOutputTokens,
    Optional<Reasoning> reasoning,
    Optional<ToolUse> tools,
    boolean everyPicture) {
  /** The capability of back ends whose models can call tools. */
  public static final String TOOLS = "tools";

  /** Creates a question without tools. */
  public Question(
      String prompt,
      Optional<String> system,
      Optional<String> model,
      Optional<JsonNode> outputSchema,
      OptionalInt maxOutputTokens,
      Optional<Reasoning> reasoning) {
    this(prompt, system, model, outputSchema, maxOutputTokens, reasoning, Optional.empty(), false);
  }

  /** Creates a question with only a prompt. */
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
    return new Question(
        prompt,
        Optional.of(text),
        model,
        outputSchema,
        maxOutputTokens,
        reasoning,
        tools,
        everyPicture);
  }

  public Question withModel(String name) {
    return new Question(
        prompt,
        system,
        Optional.of(name),
        outputSchema,
        maxOutputTokens,
        reasoning,
        tools,
        everyPicture);
  }

  public Question withOutputSchema(JsonNode schema) {
    return new Question(
        prompt,
        system,
        model,
        Optional.of(schema),
        maxOutputTokens,
        reasoning,
        tools,
        everyPicture);
  }

  public Question withMaxOutputTokens(int tokens) {
    return new Question(
        prompt,
        system,
        model,
        outputSchema,
        OptionalInt.of(tokens),
        reasoning,
        tools,
        everyPicture);
  }

  public Question withReasoning(Reasoning level) {
    return new Question(
        prompt,
        system,
        model,
        outputSchema,
        maxOutputTokens,
        Optional.of(level),
        tools,
        everyPicture);
  }

  public Question withTools(Optional<ToolUse> use) {
    return new Question(
        prompt, system, model, outputSchema, maxOutputTokens, reasoning, use, everyPicture);
  }

  public Question withEveryPicture(boolean every) {
    return new Question(
        prompt, system, model, outputSchema, maxOutputTokens, reasoning, tools, every);
  }
}
