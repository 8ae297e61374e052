package framewise.vision.chat.stub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * OpenAI's chat completions.
 *
 * @param maxTokens name of the output limit, which is older at other servers
 */
record OpenAiForm(String base, String maxTokens) implements WireForm {
  @Override
  public String path(String model, boolean streamed) {
    return base + "/chat/completions";
  }

  @Override
  public String requestSchema() {
    return "openai";
  }

  @Override
  public String keyHeader(String key) {
    return "Authorization: Bearer " + key;
  }

  @Override
  public String answer(String text, String finish) {
    ObjectNode json = WireForm.object().put("id", "c1").put("object", "chat.completion");
    json.put("model", "answered-by");
    var choice = json.putArray("choices").addObject().put("index", 0);
    choice.putObject("message").put("role", "assistant").put("content", text);
    choice.put("finish_reason", finish.equals("max") ? "length" : "stop");
    usage(json);
    return json.toString();
  }

  @Override
  public List<String> events(List<String> pieces, String finish) {
    List<String> events = new ArrayList<>();
    events.add(chunk("", Optional.empty()));
    pieces.forEach(piece -> events.add(chunk(piece, Optional.empty())));
    events.add(chunk("", Optional.of(finish.equals("max") ? "length" : "stop")));
    ObjectNode last = start();
    last.putArray("choices");
    usage(last);
    events.add(WireForm.data(last));
    events.add("data: [DONE]\n\n");
    return events;
  }

  @Override
  public String error(int status, String message) {
    ObjectNode json = WireForm.object();
    json.putObject("error").put("message", message).put("type", "some_error").putNull("code");
    return json.toString();
  }

  @Override
  public String errorEvent() {
    return "data: " + error(500, "overloaded") + "\n\n";
  }

  @Override
  public String blocked() {
    ObjectNode json = WireForm.object().put("id", "c1").put("model", "answered-by");
    var choice = json.putArray("choices").addObject().put("index", 0);
    choice
        .putObject("message")
        .put("role", "assistant")
        .putNull("content")
        .put("refusal", "I cannot help with that.");
    choice.put("finish_reason", "stop");
    usage(json);
    return json.toString();
  }

  @Override
  public List<String> blockedEvents() {
    return List.of(
        chunk("I", Optional.empty()), chunk("", Optional.of("content_filter")), "data: [DONE]\n\n");
  }

  @Override
  public List<String> parts(JsonNode body) {
    return StreamSupport.stream(user(body).path("content").spliterator(), false)
        .map(
            part ->
                part.has("text")
                    ? part.path("text").asText()
                    : WireForm.jpeg(part.at("/image_url/url")))
        .toList();
  }

  @Override
  public Optional<String> system(JsonNode body) {
    return WireForm.present(body.at("/messages/0"))
        .filter(message -> message.path("role").asText().equals("system"))
        .map(message -> message.path("content").asText());
  }

  @Override
  public Optional<JsonNode> schema(JsonNode body) {
    return WireForm.present(body.at("/response_format/json_schema/schema"));
  }

  private static JsonNode user(JsonNode body) {
    return StreamSupport.stream(body.path("messages").spliterator(), false)
        .filter(message -> message.path("role").asText().equals("user"))
        .findFirst()
        .orElseThrow();
  }

  private static ObjectNode start() {
    return WireForm.object()
        .put("id", "c1")
        .put("object", "chat.completion.chunk")
        .put("model", "answered-by");
  }

  private static String chunk(String text, Optional<String> finish) {
    ObjectNode json = start();
    var choice = json.putArray("choices").addObject().put("index", 0);
    choice.putObject("delta").put("role", "assistant").put("content", text);
    finish.ifPresentOrElse(
        reason -> choice.put("finish_reason", reason), () -> choice.putNull("finish_reason"));
    return WireForm.data(json);
  }

  private static void usage(ObjectNode json) {
    json.putObject("usage")
        .put("prompt_tokens", 10)
        .put("completion_tokens", 5)
        .put("total_tokens", 15);
  }
}
