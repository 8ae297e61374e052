package framewise.vision.chat.stub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** One of the wire formats: requests to a service and its replies. */
public interface WireForm {
  JsonMapper JSON = JsonMapper.builder().build();

  /** The prefix of the API's paths, such as {@code /v1}. */
  String base();

  /** The path of a request for a model. */
  String path(String model, boolean streamed);

  /** The name of the JSON Schema for requests, among the test's resources. */
  String requestSchema();

  /** The header that holds the key, with the key's form in it. */
  String keyHeader(String key);

  /** A whole answer with 10 tokens in and 5 out; {@code finish} is {@code stop} or {@code max}. */
  String answer(String text, String finish);

  /** The same answer as events, one per piece of text. The last event ends the answer. */
  List<String> events(List<String> pieces, String finish);

  /** An error reply with a status other than success. */
  String error(int status, String message);

  /** An error in the middle of a stream: the service is overloaded. */
  String errorEvent();

  /** A reply that declines to answer. */
  String blocked();

  List<String> blockedEvents();

  /** A request's content in order: texts verbatim, a picture as {@code JPEG}. */
  List<String> parts(JsonNode body);

  /** A request's system prompt. */
  Optional<String> system(JsonNode body);

  /** A request's schema for the answer. */
  Optional<JsonNode> schema(JsonNode body);

  /** The output limit's field, as a JSON pointer. */
  String maxTokens();

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  static String data(JsonNode json) {
    return "data: " + json + "\n\n";
  }

  /** {@code JPEG} for base64 data that starts like a JPEG, otherwise the data itself. */
  static String jpeg(JsonNode data) {
    String text = data.asText();
    String base64 = text.replaceFirst("^data:image/jpeg;base64,", "");
    return base64.startsWith("/9j/") ? "JPEG" : text;
  }

  static Optional<JsonNode> present(JsonNode node) {
    return Optional.of(node).filter(it -> !it.isMissingNode());
  }
}
