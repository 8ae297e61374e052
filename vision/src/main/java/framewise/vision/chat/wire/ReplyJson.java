package framewise.vision.chat.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import framewise.vision.Usage;
import framewise.vision.schema.ServiceJson;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A reply, or one event of a streamed reply, in any of the three wire formats. Only this class and
 * {@link ReplyPart} interpret replies, so that every provider is handled alike.
 */
record ReplyJson(JsonNode json) {
  private static final JsonMapper JSON = ServiceJson.MAPPER;

  /** The largest number of tokens that counts as reported: no model takes or writes as many. */
  private static final long MAX_TOKENS = 10_000_000;

  /** Parses a JSON object; empty when it is none. Gemini wraps some errors in a list of one. */
  static Optional<ReplyJson> parse(String text) {
    try {
      JsonNode json = JSON.readTree(text);
      return Optional.of(json.isArray() && json.size() == 1 ? json.get(0) : json)
          .filter(JsonNode::isObject)
          .map(ReplyJson::new);
    } catch (StreamConstraintsException beyond) {
      throw tooMuch();
    } catch (JsonProcessingException noJson) {
      return Optional.empty();
    }
  }

  /**
   * The parts of a whole reply: one, or Gemini's list if a gateway dropped the request for events.
   * Empty when it is not JSON of objects.
   */
  static List<ReplyJson> parseAll(String text) {
    try {
      JsonNode json = JSON.readTree(text);
      Stream<JsonNode> all =
          json.isArray() ? StreamSupport.stream(json.spliterator(), false) : Stream.of(json);
      return all.filter(JsonNode::isObject).map(ReplyJson::new).toList();
    } catch (StreamConstraintsException beyond) {
      throw tooMuch();
    } catch (JsonProcessingException noJson) {
      return List.of();
    }
  }

  private static UnreadableException tooMuch() {
    return new UnreadableException(
        "its JSON has more than %,d parts or %d levels"
            .formatted(ServiceJson.MAX_TOKENS, ServiceJson.DEEPEST),
        false);
  }

  /** Its contribution to the answer. */
  ReplyPart part() {
    return ReplyPart.of(json);
  }

  /** Whether it has the form of a whole answer. */
  boolean isAnswer() {
    JsonNode choice = json.at("/choices/0");
    return choice.path("message").isObject()
        || choice.path("text").isTextual()
        || json.at("/candidates/0").isObject()
        || json.path("promptFeedback").isObject()
        || json.path("content").isArray();
  }

  /**
   * An error in place of an answer or of its end; many services send it with status 200.
   *
   * @param streamed whether this is an event of a stream
   */
  Optional<ErrorBody> error(boolean streamed) {
    return Stream.of(json, json.at("/choices/0"))
        .filter(at -> isError(at.path("error")))
        .map(ErrorBody::of)
        .findFirst()
        .or(
            () ->
                Optional.of(json)
                    .filter(it -> saysError() || (streamed && isNoPart()))
                    .map(ErrorBody::of))
        .or(this::brokenOff);
  }

  private static boolean isError(JsonNode error) {
    return switch (error.getNodeType()) {
      case OBJECT, ARRAY -> !error.isEmpty();
      case STRING -> !error.textValue().isBlank();
      case BOOLEAN -> error.booleanValue();
      case NUMBER -> error.intValue() != 0;
      case BINARY, MISSING, NULL, POJO -> false;
    };
  }

  /** vLLM and Mistral; Anthropic; MiniMax; Cloudflare. */
  private boolean saysError() {
    return json.path("object").asText().equals("error")
        || json.path("type").asText().equals("error")
        || json.at("/base_resp/status_code").asInt() != 0
        || !json.path("success").asBoolean(true);
  }

  /** Whether it contains a field that no answer has, which marks an error. */
  private boolean isNoPart() {
    boolean answer =
        Stream.of("choices", "candidates", "content", "promptFeedback", "usage", "usageMetadata")
            .anyMatch(json::has);
    return !answer
        && (isSaid(json.path("message"))
            || isSaid(json.path("detail"))
            || isSaid(json.path("msg"))
            || json.path("detail").isArray()
            || json.path("errors").isArray());
  }

  private Optional<ErrorBody> brokenOff() {
    var gemini = finish("/candidates/0/finishReason");
    var other =
        Stream.of("/choices/0/finish_reason", "/stop_reason", "/delta/stop_reason")
            .map(this::finish)
            .filter(FinishWord::isBroken);
    return (gemini.isBrokenInGemini() ? Stream.of(gemini) : other)
        .findFirst()
        .map(word -> new ErrorBody("it ended with " + word.word(), Set.of(), json));
  }

  /** Whether it ends the answer. */
  boolean ends() {
    return part().finish().isPresent()
        || json.path("type").asText().equals("message_stop")
        || blocked().isPresent();
  }

  /** Why the service declines to answer; empty when it answers. */
  Optional<String> blocked() {
    Stream<String> said =
        Stream.of(
                "/choices/0/message/refusal",
                "/choices/0/delta/refusal",
                "/choices/0/message/content/0/refusal",
                "/promptFeedback/blockReason")
            .map(json::at)
            .filter(ReplyJson::isSaid)
            .map(JsonNode::textValue);
    Stream<String> reasons =
        Stream.of(
                "/choices/0/finish_reason",
                "/candidates/0/finishReason",
                "/stop_reason",
                "/delta/stop_reason")
            .map(this::finish)
            .filter(FinishWord::isBlocked)
            .map(FinishWord::word);
    return Stream.concat(said, reasons).findFirst();
  }

  /** The usage; if one number is missing, the other is still reported. */
  Optional<Usage> usage() {
    JsonNode said =
        Stream.of("/usage", "/usageMetadata", "/message/usage")
            .map(json::at)
            .filter(JsonNode::isObject)
            .findFirst()
            .orElse(json.path("usage"));
    OptionalLong input = number(said, "prompt_tokens", "input_tokens", "promptTokenCount");
    OptionalLong output = number(said, "completion_tokens", "output_tokens");
    if (output.isEmpty()) {
      output = gemini(said, input);
    } else {
      output = OptionalLong.of(withThoughts(said, input, output.getAsLong()));
    }
    return input.isEmpty() && output.isEmpty()
        ? Optional.empty()
        : Optional.of(new Usage(input.orElse(0), output.orElse(0)));
  }

  /** Gemini counts thoughts separately, and bills them as output. */
  private static OptionalLong gemini(JsonNode said, OptionalLong input) {
    OptionalLong total = number(said, "totalTokenCount");
    OptionalLong answer = number(said, "candidatesTokenCount");
    OptionalLong thoughts = number(said, "thoughtsTokenCount");
    if (total.isPresent() && input.isPresent()) {
      return OptionalLong.of(Math.max(0, total.getAsLong() - input.getAsLong()));
    }
    return answer.isEmpty() && thoughts.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(answer.orElse(0) + thoughts.orElse(0));
  }

  /** xAI excludes thoughts from the output and includes them only in the total. */
  private static long withThoughts(JsonNode said, OptionalLong input, long output) {
    long thoughts = number(said.path("completion_tokens_details"), "reasoning_tokens").orElse(0);
    long total = number(said, "total_tokens").orElse(0);
    boolean apart = thoughts > 0 && total == input.orElse(0) + output + thoughts;
    return apart ? output + thoughts : output;
  }

  private FinishWord finish(String place) {
    JsonNode node = json.at(place);
    return new FinishWord(node.isTextual() ? node.textValue() : "");
  }

  private static boolean isSaid(JsonNode node) {
    return node.isTextual() && !node.asText().isEmpty();
  }

  private static OptionalLong number(JsonNode node, String... names) {
    return Stream.of(names)
        .map(node::path)
        .filter(value -> value.canConvertToLong())
        .filter(value -> value.asLong() >= 0 && value.asLong() <= MAX_TOKENS)
        .mapToLong(JsonNode::asLong)
        .findFirst();
  }
}
