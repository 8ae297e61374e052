package framewise.vision.chat.tool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.vision.schema.ServiceJson;

/** JSON text of arguments and outputs as objects. */
final class ToolJson {
  private static final JsonMapper JSON = ServiceJson.MAPPER;

  private ToolJson() {}

  /** A call's arguments; invalid JSON is kept in a field. */
  static ObjectNode arguments(String text) {
    return text.isBlank() ? JSON.createObjectNode() : object(text, "arguments");
  }

  /** The object in a text, or one with the text in this field. */
  static ObjectNode object(String text, String field) {
    return parse(text) instanceof ObjectNode object
        ? object
        : JSON.createObjectNode().put(field, text);
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException words) {
      return JSON.missingNode();
    }
  }
}
