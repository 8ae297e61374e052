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
          "IMAGE_SAFETY",
          "IMAGE_PROHIBITED_CONTENT");

  /** Empty where it is no JSON object. */
  static Optional<ReplyJson> parse(String text) {
    try {
      return Optional.of(JSON.readTree(text)).filter(JsonNode::isObject).map(ReplyJson::new);
    } catch (JsonProcessingException noJson) {
      return Optional.empty();
    }
  }

  /** An error in the place of an answer; some gateways send it with the status 200. */
  Optional<ErrorBody> error() {
    JsonNode error = json.path("error");
    boolean said = error.isObject() || error.isTextual();
    return said ? Optional.of(ErrorBody.of(json)) : Optional.empty();
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
