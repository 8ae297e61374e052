package framewise.server.mcp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.ShownText;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks a message of an agent before the MCP library sees it: the library reports faults of a
 * message as internal errors, and logs them with the sender's text. Any thread may call it.
 */
final class AgentRequest {
  private static final int MAX_METHOD_LENGTH = 200;

  /**
   * Maximum number of names, values and brackets. A call with the longest schema for its answer has
   * some 5,000.
   */
  private static final int MAX_TOKENS = 10_000;

  /** Maximum number of arguments of a call; no tool has more than ten. */
  private static final int MAX_ARGUMENTS = 64;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxTokenCount(MAX_TOKENS).build())
                  .build())
          .build();

  /**
   * Classes as which the parameters of methods are parsed; those of other methods are not parsed.
   */
  private static final Map<String, Class<?>> PARAMETERS =
      Map.of(
          McpSchema.METHOD_INITIALIZE, McpSchema.InitializeRequest.class,
          McpSchema.METHOD_TOOLS_LIST, McpSchema.PaginatedRequest.class,
          McpSchema.METHOD_TOOLS_CALL, McpSchema.CallToolRequest.class,
          McpSchema.METHOD_RESOURCES_LIST, McpSchema.PaginatedRequest.class,
          McpSchema.METHOD_RESOURCES_TEMPLATES_LIST, McpSchema.PaginatedRequest.class,
          McpSchema.METHOD_RESOURCES_READ, McpSchema.ReadResourceRequest.class);

  private AgentRequest() {}

  /**
   * The JSON-RPC error response to a faulty message; empty for a valid one.
   *
   * @param body JSON text
   */
  static Optional<ObjectNode> fault(byte[] body) {
    JsonNode message;
    try {
      message = JSON.readTree(body);
    } catch (StreamConstraintsException e) {
      return Optional.of(
          invalid(
              null,
              "The body has too many names and values: at most %d in all.".formatted(MAX_TOKENS)));
    } catch (IOException e) {
      return Optional.of(error(null, McpSchema.ErrorCodes.PARSE_ERROR, "The body is not JSON."));
    }
    JsonNode id = message.get("id");
    String method = message.path("method").asText();
    if (!message.isObject()) {
      return Optional.of(
          invalid(null, "The body is not a JSON object but must be a JSON-RPC message."));
    }
    if (id != null && !id.isTextual() && !id.isIntegralNumber()) {
      return Optional.of(invalid(null, "id must be a string or a whole number."));
    }
    if (!message.path("jsonrpc").asText().equals("2.0")) {
      return Optional.of(invalid(id, "jsonrpc must be \"2.0\"."));
    }
    boolean response = !message.has("method") && (message.has("result") || message.has("error"));
    if (response) {
      return Optional.empty();
    }
    if (!message.path("method").isTextual()
        || method.length() > MAX_METHOD_LENGTH
        || ShownText.hasHidden(method)) {
      return Optional.of(
          invalid(
              id,
              "method must be a string of at most %d characters.".formatted(MAX_METHOD_LENGTH)));
    }
    return parameters(id, method, message.path("params"));
  }

  private static Optional<ObjectNode> parameters(
      @Nullable JsonNode id, String method, JsonNode parameters) {
    Class<?> form = PARAMETERS.get(method);
    boolean given = !parameters.isMissingNode() && !parameters.isNull();
    if (given && !parameters.isObject()) {
      return Optional.of(unusable(id, method, "must be an object"));
    }
    if (form == null) {
      return Optional.empty();
    }
    boolean optional = form == McpSchema.PaginatedRequest.class;
    if (!given) {
      return optional ? Optional.empty() : Optional.of(unusable(id, method, "are missing"));
    }
    if (parameters.path("arguments").size() > MAX_ARGUMENTS) {
      return Optional.of(
          unusable(id, method, "have more than %d arguments".formatted(MAX_ARGUMENTS)));
    }
    try {
      Object _ = JSON.treeToValue(parameters, form);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return Optional.of(unusable(id, method, "do not follow the protocol"));
    }
    return Optional.empty();
  }

  private static ObjectNode invalid(@Nullable JsonNode id, String message) {
    return error(id, McpSchema.ErrorCodes.INVALID_REQUEST, message);
  }

  private static ObjectNode unusable(@Nullable JsonNode id, String method, String why) {
    return error(
        id, McpSchema.ErrorCodes.INVALID_PARAMS, "The params of %s %s.".formatted(method, why));
  }

  /** A JSON-RPC response with an error. */
  static ObjectNode error(@Nullable JsonNode id, int code, String message) {
    ObjectNode response = JSON.createObjectNode();
    response.put("jsonrpc", "2.0");
    response.set("id", id);
    response.putObject("error").put("code", code).put("message", message);
    return response;
  }
}
