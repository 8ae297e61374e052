package framewise.overshoot.wire.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Objects;
import java.util.Optional;

/**
 * The body of an error response.
 *
 * @param error a machine-readable code, such as {@code stream_not_found}, or a text
 * @param message a text for users; clients prefer it to {@code error}
 * @param requestId the service's request id
 * @param details more information, in any form
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ErrorAnswer(
    @JsonProperty(required = true) String error,
    Optional<String> message,
    Optional<String> requestId,
    Optional<JsonNode> details) {
  public ErrorAnswer {
    Objects.requireNonNull(error, "error");
  }

  public static ErrorAnswer of(String error, String message, String requestId) {
    return new ErrorAnswer(error, Optional.of(message), Optional.of(requestId), Optional.empty());
  }
}
