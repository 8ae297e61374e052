package framewise.server.overshoot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import framewise.overshoot.wire.WireJson;
import framewise.overshoot.wire.answer.ErrorAnswer;
import framewise.server.http.ErrorForm;
import framewise.server.http.Problem;
import framewise.server.http.RequestId;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Error format of the Overshoot API: {@code {error, message, request_id, details}}. The log
 * contains the request's id as well.
 */
public final class OvershootErrors implements ErrorForm {
  private static final Logger LOG = LoggerFactory.getLogger(OvershootErrors.class);
  private static final int SERVER_ERROR = 500;

  @Override
  public boolean covers(String path) {
    return BasePath.covers(path);
  }

  @Override
  public String json(Problem problem) {
    String id = RequestId.current();
    if (problem.status() >= SERVER_ERROR) {
      LOG.warn("request {}: {} {}", id, problem.status(), problem.code());
    } else {
      LOG.debug("request {}: {} {}", id, problem.status(), problem.code());
    }
    var body =
        new ErrorAnswer(
            code(problem), Optional.of(problem.detail()), Optional.of(id), details(problem));
    try {
      return WireJson.mapper().writeValueAsString(body);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The API's error code, where there is one. */
  static String code(Problem problem) {
    return switch (problem.code()) {
      case "invalid_field", "invalid_request" -> "validation_error";
      case "session_not_found" -> "stream_not_found";
      default -> problem.code();
    };
  }

  private static Optional<JsonNode> details(Problem problem) {
    if (problem.errors().isEmpty()) {
      return Optional.empty();
    }
    ArrayNode fields = JsonNodeFactory.instance.arrayNode();
    problem
        .errors()
        .forEach(
            error ->
                fields.addObject().put("field", error.field()).put("message", error.message()));
    return Optional.of(fields);
  }
}
