package framewise.vision.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import framewise.vision.Usage;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an answer, or one event of a streamed one, says besides its text, in any of the three wire
 * formats. LangChain4j does not pass all of it on.
 */
record ReplyJson(JsonNode json) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Gemini's ways to say that it will not. */
  private static final Set<String> BLOCKED =
      Set.of(
          "SAFETY",
          "RECITATION",
          "BLOCKLIST",
          "PROHIBITED_CONTENT",
          "SPII",
          "LANGUAGE",
          "IMAGE_SAFETY",
          "IMAGE_PROHIBITED_CONTENT",
          "IMAGE_RECITATION");

  /** Gemini's ways to say that an answer is as long as it was to be. */
  private static final Set<String> FINISHED =
      Set.of("STOP", "MAX_TOKENS", "FINISH_REASON_UNSPECIFIED");

  /** Empty where it is no JSON object. */
  static Optional<ReplyJson> parse(String text) {
    try {
      return Optional.of(JSON.readTree(text)).filter(JsonNode::isObject).map(ReplyJson::new);
    } catch (JsonProcessingException noJson) {
      return Optional.empty();
    }
  }

  /** Whether it has the form of a whole answer. */
  boolean isAnswer() {
    return Stream.of("choices", "candidates", "promptFeedback", "content").anyMatch(json::has);
  }

  /** An error in the place of an answer, or of its end; some send it with the status 200. */
  Optional<ErrorBody> error() {
    return Stream.of(json, json.at("/choices/0"))
        .filter(at -> at.path("error").isObject() || at.path("error").isTextual())
        .map(ErrorBody::of)
        .findFirst()
        .or(this::brokenOff);
  }

  private Optional<ErrorBody> brokenOff() {
    String gemini = json.at("/candidates/0/finishReason").asText();
    boolean odd = !gemini.isEmpty() && !FINISHED.contains(gemini) && !BLOCKED.contains(gemini);
    boolean error = json.at("/choices/0/finish_reason").asText().equals("error");
    return odd || error
        ? Optional.of(new ErrorBody("it broke off: " + (odd ? gemini : "error"), Set.of(), json))
        : Optional.empty();
  }

  /** Whether it is the end of an answer. */
  boolean ends() {
    return isSaid(json.at("/choices/0/finish_reason"))
        || isSaid(json.at("/candidates/0/finishReason"))
        || json.path("type").asText().equals("message_stop")
        || blocked().isPresent();
  }

  /** Why it will not answer; empty where it does. */
  Optional<String> blocked() {
    return Stream.of(
            json.at("/choices/0/message/refusal"),
            json.at("/choices/0/delta/refusal"),
            json.at("/promptFeedback/blockReason"),
            of("/choices/0/finish_reason", Set.of("content_filter")),
            of("/candidates/0/finishReason", BLOCKED),
            of("/stop_reason", Set.of("refusal")),
            of("/delta/stop_reason", Set.of("refusal")))
        .filter(ReplyJson::isSaid)
        .map(JsonNode::asText)
        .findFirst();
  }

  /** What it took; where nothing is said of one number, the other is told all the same. */
  Optional<Usage> usage() {
    JsonNode said =
        Stream.of("/usage", "/usageMetadata", "/message/usage")
            .map(json::at)
            .filter(JsonNode::isObject)
            .findFirst()
            .orElse(json.path("usage"));
    OptionalLong input = number(said, "prompt_tokens", "input_tokens", "promptTokenCount");
    OptionalLong total = number(said, "totalTokenCount");
    // Gemini counts what it thinks apart, and bills it as output.
    OptionalLong output =
        total.isPresent() && input.isPresent()
            ? OptionalLong.of(Math.max(0, total.getAsLong() - input.getAsLong()))
            : number(said, "completion_tokens", "output_tokens", "candidatesTokenCount");
    return input.isEmpty() && output.isEmpty()
        ? Optional.empty()
        : Optional.of(new Usage(input.orElse(0), output.orElse(0)));
  }

  private JsonNode of(String place, Set<String> values) {
    JsonNode node = json.at(place);
    return values.contains(node.asText()) ? node : json.path("");
  }

  private static boolean isSaid(JsonNode node) {
    return node.isTextual() && !node.asText().isEmpty();
  }

  private static OptionalLong number(JsonNode node, String... names) {
    return Stream.of(names)
        .map(node::path)
        .filter(value -> value.canConvertToLong() && value.asLong() >= 0)
        .mapToLong(JsonNode::asLong)
        .findFirst();
  }
}
