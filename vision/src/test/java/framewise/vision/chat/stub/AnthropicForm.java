package framewise.vision.chat.stub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Anthropic's Messages API. */
record AnthropicForm() implements WireForm {
  @Override
  public String base() {
    return "/v1";
  }

  @Override
  public String path(String model, boolean streamed) {
    return "/v1/messages";
  }

  @Override
  public String requestSchema() {
    return "anthropic";
  }

  @Override
  public String keyHeader(String key) {
    return "Authorization: Bearer " + key;
  }

  @Override
  public String answer(String text, String finish) {
    return message(text, finish.equals("max") ? "max_tokens" : "end_turn");
  }

  @Override
  public List<String> events(List<String> pieces, String finish) {
    List<String> events = new ArrayList<>(begin());
    pieces.forEach(piece -> events.add(delta(piece)));
    ObjectNode stop = WireForm.object().put("type", "content_block_stop").put("index", 0);
    events.add(event(stop));
    events.add(end(finish.equals("max") ? "max_tokens" : "end_turn"));
    events.add(event(WireForm.object().put("type", "message_stop")));
    return events;
  }

  @Override
  public String error(int status, String message) {
    return error("some_error", message).toString();
  }

  @Override
  public String errorEvent() {
    return event(error("overloaded_error", "overloaded"));
  }

  @Override
  public String blocked() {
    return message("", "refusal");
  }

  @Override
  public List<String> blockedEvents() {
    List<String> events = new ArrayList<>(begin());
    events.add(delta("I"));
    events.add(end("refusal"));
    events.add(event(WireForm.object().put("type", "message_stop")));
    return events;
  }

  @Override
  public List<String> parts(JsonNode body) {
    List<String> parts = new ArrayList<>();
    for (JsonNode part : body.at("/messages/0/content")) {
      parts.add(
          part.has("text") ? part.path("text").asText() : WireForm.jpeg(part.findPath("data")));
    }
    return parts;
  }

  @Override
  public Optional<String> system(JsonNode body) {
    return WireForm.present(body.at("/system/0/text")).map(JsonNode::asText);
  }

  @Override
  public Optional<JsonNode> schema(JsonNode body) {
    return WireForm.present(body.at("/output_config/format/schema"));
  }

  @Override
  public String maxTokens() {
    return "/max_tokens";
  }

  private static String message(String text, String stop) {
    ObjectNode json = WireForm.object().put("id", "m1").put("type", "message");
    json.put("role", "assistant").put("model", "answered-by");
    var content = json.putArray("content");
    if (!text.isEmpty()) {
      content.addObject().put("type", "text").put("text", text);
    }
    json.put("stop_reason", stop);
    json.putObject("usage").put("input_tokens", 10).put("output_tokens", 5);
    return json.toString();
  }

  private static List<String> begin() {
    ObjectNode start = WireForm.object().put("type", "message_start");
    ObjectNode message = start.putObject("message").put("id", "m1").put("type", "message");
    message.put("role", "assistant").put("model", "answered-by").putNull("stop_reason");
    message.putArray("content");
    message.putObject("usage").put("input_tokens", 10).put("output_tokens", 1);
    ObjectNode block = WireForm.object().put("type", "content_block_start").put("index", 0);
    block.putObject("content_block").put("type", "text").put("text", "");
    return List.of(event(start), event(WireForm.object().put("type", "ping")), event(block));
  }

  private static String delta(String text) {
    ObjectNode json = WireForm.object().put("type", "content_block_delta").put("index", 0);
    json.putObject("delta").put("type", "text_delta").put("text", text);
    return event(json);
  }

  private static String end(String stop) {
    ObjectNode json = WireForm.object().put("type", "message_delta");
    json.putObject("delta").put("stop_reason", stop).putNull("stop_sequence");
    json.putObject("usage").put("output_tokens", 5);
    return event(json);
  }

  private static ObjectNode error(String type, String message) {
    ObjectNode json = WireForm.object().put("type", "error");
    json.putObject("error").put("type", type).put("message", message);
    return json;
  }

  private static String event(ObjectNode json) {
    return "event: " + json.path("type").asText() + "\n" + WireForm.data(json);
  }
}
