package framewise.overshoot.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * The answer to a prompt update: what the stream is asked from the next inference on.
 *
 * @param id the name of this configuration
 * @param streamId the stream
 * @param prompt the question
 * @param model who is asked
 * @param backend who runs the model
 * @param outputSchemaJson what the answers must fit
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
    id = Absent.orEmpty(id);
    streamId = Absent.orEmpty(streamId);
    prompt = Absent.orEmpty(prompt);
    model = Absent.orEmpty(model);
  }
}
