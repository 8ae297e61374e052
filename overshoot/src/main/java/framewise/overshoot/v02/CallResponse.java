package framewise.overshoot.v02;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import framewise.overshoot.wire.WireJson;
import java.nio.charset.StandardCharsets;

/**
 * The response to a call.
 *
 * @param path the path that was called
 * @param status the HTTP status
 * @param body the body, decoded as UTF-8; empty if there was none
 */
record CallResponse(String path, int status, String body) {

  static CallResponse of(String path, int status, byte[] body) {
    return new CallResponse(path, status, new String(body, StandardCharsets.UTF_8));
  }

  boolean success() {
    return status >= 200 && status < 300;
  }

  /** The body as JSON; a missing node if it is not JSON. */
  JsonNode json() {
    try {
      JsonNode tree = WireJson.mapper().readTree(body);
      return tree == null ? MissingNode.getInstance() : tree;
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
