package framewise.vision.chat.stub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gemini's generateContent. */
record GeminiForm() implements WireForm {
  @Override
  public String base() {
    return "/v1beta";
  }

  @Override
  public String path(String model, boolean streamed) {
    return "/v1beta/models/"
        + model
        + (streamed ? ":streamGenerateContent?alt=sse" : ":generateContent");
  }

  @Override
  public String requestSchema() {
    return "gemini";
  }

  @Override
  public String keyHeader(String key) {
    return "x-goog-api-key: " + key;
  }

  @Override
  public String answer(String text, String finish) {
    return chunk(text, Optional.of(finish.equals("max") ? "MAX_TOKENS" : "STOP")).toString();
  }

  @Override
  public List<String> events(List<String> pieces, String finish) {
    List<String> events = new ArrayList<>();
    pieces
        .subList(0, pieces.size() - 1)
        .forEach(piece -> events.add(WireForm.data(chunk(piece, Optional.empty()))));
    events.add("data: " + answer(pieces.getLast(), finish) + "\n\n");
    return events;
  }

  @Override
  public String error(int status, String message) {
    ObjectNode json = WireForm.object();
    json.putObject("error")
        .put("code", status)
        .put("message", message)
        .put("status", "SOME_STATUS");
    return json.toString();
  }

  @Override
  public String errorEvent() {
    return "data: " + error(503, "overloaded") + "\n\n";
  }

  @Override
  public String blocked() {
    ObjectNode json = WireForm.object().put("modelVersion", "answered-by");
    json.putObject("promptFeedback").put("blockReason", "SAFETY");
    usage(json);
    return json.toString();
  }

  @Override
  public List<String> blockedEvents() {
    return List.of(
        WireForm.data(chunk("I", Optional.empty())),
        WireForm.data(chunk("", Optional.of("SAFETY"))));
  }

  @Override
  public List<String> parts(JsonNode body) {
    List<String> parts = new ArrayList<>();
    for (JsonNode part : body.at("/contents/0/parts")) {
      parts.add(
          part.has("text") ? part.path("text").asText() : WireForm.jpeg(part.findPath("data")));
    }
    return parts;
  }

  @Override
  public Optional<String> system(JsonNode body) {
    return WireForm.present(body.at("/systemInstruction/parts/0/text")).map(JsonNode::asText);
  }

  @Override
  public Optional<JsonNode> schema(JsonNode body) {
    return WireForm.present(body.at("/generationConfig/responseJsonSchema"));
  }

  @Override
  public String maxTokens() {
    return "/generationConfig/maxOutputTokens";
  }

  private static ObjectNode chunk(String text, Optional<String> finish) {
    ObjectNode json = WireForm.object().put("modelVersion", "answered-by").put("responseId", "r1");
    var candidate = json.putArray("candidates").addObject();
    candidate
        .putObject("content")
        .put("role", "model")
        .putArray("parts")
        .addObject()
        .put("text", text);
    finish.ifPresent(reason -> candidate.put("finishReason", reason));
    usage(json);
    return json;
  }

  /** Adds the token counts; two of the five output tokens are thoughts. */
  private static void usage(ObjectNode json) {
    json.putObject("usageMetadata")
        .put("promptTokenCount", 10)
        .put("candidatesTokenCount", 3)
        .put("thoughtsTokenCount", 2)
        .put("totalTokenCount", 15);
  }
}
