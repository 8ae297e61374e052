package framewise.overshoot.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * The response to a prompt update: the configuration from the next inference on.
 *
 * @param id the configuration's id
 * @param streamId the stream
 * @param prompt the prompt
 * @param model the model
 * @param backend where the model runs
 * @param outputSchemaJson the JSON Schema of the answers
 * @param createdAt ISO 8601
 * @param updatedAt ISO 8601
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record PromptConfig(
    String id,
    String streamId,
    String prompt,
    String model,
    Optional<String> backend,
    Optional<ObjectNode> outputSchemaJson,
    Optional<String> createdAt,
    Optional<String> updatedAt) {
  public PromptConfig {
    id = AbsentFields.orEmpty(id);
    streamId = AbsentFields.orEmpty(streamId);
    prompt = AbsentFields.orEmpty(prompt);
    model = AbsentFields.orEmpty(model);
  }
}
