package framewise.vision.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** One of the wire formats: what a service is sent, and what it answers. */
interface WireForm {
  JsonMapper JSON = JsonMapper.builder().build();

  /** What comes before the paths of the API, such as {@code /v1}. */
  String base();

  /** Where a request for a model goes. */
  String path(String model, boolean streamed);

  /** The name of the JSON Schema that every request fits, among the test's resources. */
  String requestSchema();

  /** The header with the key, and how the key stands in it. */
  String keyHeader(String key);

  /**
   * Its whole answer with 10 tokens in and 5 out; {@code finish} is {@code stop} or {@code max}.
   */
  String answer(String text, String finish);

  /** The same as events, the text piece by piece. The last event is the end of the answer. */
  List<String> events(List<String> pieces, String finish);

  /** What it says with a status that is none of success. */
  String error(int status, String message);

  /** An error in the middle of a stream: it is overloaded. */
  String errorEvent();

  /** It will not answer this. */
  String blocked();

  List<String> blockedEvents();

  /** What it was sent, in order: texts as they are, a picture as {@code JPEG}. */
  List<String> parts(JsonNode body);

  /** The system prompt. */
  Optional<String> system(JsonNode body);

  /** The schema that it was asked to keep to, in its own way. */
  Optional<JsonNode> schema(JsonNode body);

  /** The name of the field for the longest answer, as a JSON pointer. */
  String maxTokens();

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  static String data(JsonNode json) {
    return "data: " + json + "\n\n";
  }

  /** {@code JPEG} for base64 that begins as a JPEG does, itself otherwise. */
  static String jpeg(JsonNode data) {
    String text = data.asText();
    String base64 = text.replaceFirst("^data:image/jpeg;base64,", "");
    return base64.startsWith("/9j/") ? "JPEG" : text;
  }

  static Optional<JsonNode> present(JsonNode node) {
    return Optional.of(node).filter(it -> !it.isMissingNode());
  }
}
