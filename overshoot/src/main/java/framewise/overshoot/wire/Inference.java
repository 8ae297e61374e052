package framewise.overshoot.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The prompt and the model of an inference.
 *
 * @param prompt the question, at least one non-blank character
 * @param model the model's name; empty if a parsed request had none
 * @param backend where the model runs: the service's own {@code overshoot} (the default), {@code
 *     gemini}, {@code openai} or {@code anthropic}; the service's schema names only the first two
 * @param outputSchemaJson a JSON Schema for the answer
 * @param maxOutputTokens maximum length of the answer, in tokens; see {@link
 *     Processing#maxOutputTokens()}
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Inference(
    @JsonProperty(required = true) String prompt,
    String model,
    Optional<String> backend,
    Optional<ObjectNode> outputSchemaJson,
    @JsonDeserialize(contentUsing = WholeNumbers.Reader.class) Optional<Integer> maxOutputTokens) {

  /** The first clients' default model. */
  public static final String DEFAULT_MODEL = "Qwen/Qwen3-VL-30B-A3B-Instruct";

  /** The possible back ends. */
  public static final List<String> BACKENDS = List.of("overshoot", "gemini", "openai", "anthropic");

  public Inference {
    Objects.requireNonNull(prompt, "prompt");
    model = AbsentFields.orEmpty(model);
  }

  /** A prompt for one of the service's own models. */
  public static Inference of(String prompt, String model) {
    return new Inference(prompt, model, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** A copy with another back end. */
  public Inference withBackend(String other) {
    return new Inference(prompt, model, Optional.of(other), outputSchemaJson, maxOutputTokens);
  }

  /** A copy whose answers fit a JSON Schema. */
  public Inference withOutputSchema(ObjectNode schema) {
    return new Inference(prompt, model, backend, Optional.of(schema), maxOutputTokens);
  }

  /** A copy with a limit on the answers' tokens. */
  public Inference withMaxOutputTokens(int tokens) {
    return new Inference(prompt, model, backend, outputSchemaJson, Optional.of(tokens));
  }

  /** The invalid fields; empty if there are none. */
  public List<InvalidField> problems() {
    InvalidFields problems = new InvalidFields().filled("prompt", prompt).filled("model", model);
    backend
        .filter(name -> !BACKENDS.contains(name))
        .ifPresent(
            name ->
                problems.add(
                    "backend", "is unknown but must be one of " + String.join(", ", BACKENDS)));
    maxOutputTokens
        .filter(tokens -> tokens < 1)
        .ifPresent(
            tokens -> problems.add("max_output_tokens", "is " + tokens + " but must be 1 or more"));
    return problems.list();
  }
}
