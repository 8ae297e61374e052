package framewise.vision.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What services say when they refuse, in any of their forms: {@code {"error":{"message","type",
 * "code"}}} (OpenAI, Anthropic), the same with {@code status} and {@code details} (Gemini), within
 * {@code detail} or {@code {"error":"code","message"}} (Overshoot), or plain text.
 *
 * @param message for people; the whole body where it is in no known form
 * @param words every code and type in it, such as {@code insufficient_quota}
 * @param json the body; missing where it is none
 */
record ErrorBody(String message, Set<String> words, JsonNode json) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final List<String> MESSAGES =
      List.of("/error/message", "/detail/error/message", "/message", "/detail", "/error");

  private static final List<String> WORDS =
      List.of(
          "/error/code",
          "/error/type",
          "/error/status",
          "/error/details/error_code",
          "/detail/error/code",
          "/detail/error/type",
          "/detail/error",
          "/error",
          "/code",
          "/type");

  ErrorBody {
    words = Set.copyOf(words);
  }

  static ErrorBody parse(String body) {
    try {
      JsonNode json = JSON.readTree(body);
      return json.isObject() ? of(json) : new ErrorBody(body, Set.of(), MissingNode.getInstance());
    } catch (JsonProcessingException noJson) {
      return new ErrorBody(body, Set.of(), MissingNode.getInstance());
    }
  }

  static ErrorBody of(JsonNode json) {
    String message =
        MESSAGES.stream()
            .map(json::at)
            .filter(node -> node.isTextual() && !node.asText().isBlank())
            .map(JsonNode::asText)
            .findFirst()
            .orElseGet(json::toString);
    Set<String> words = new HashSet<>();
    for (String place : WORDS) {
      if (json.at(place).isTextual()) {
        words.add(json.at(place).asText());
      }
    }
    json.at("/error/details").forEach(detail -> words.add(detail.path("reason").asText()));
    return new ErrorBody(message, words, json);
  }

  boolean says(Set<String> any) {
    return any.stream().anyMatch(words::contains);
  }

  /** What HTTP would have said, for an error that came within an answer. */
  int status() {
    JsonNode code = json.at("/error/code");
    if (code.isInt() && code.intValue() >= 400 && code.intValue() < 600) {
      return code.intValue();
    }
    if (says(Set.of("rate_limit_error", "rate_limit_exceeded", "RESOURCE_EXHAUSTED"))) {
      return 429;
    }
    if (says(Set.of("authentication_error", "permission_error", "UNAUTHENTICATED"))) {
      return 401;
    }
    if (says(Set.of("invalid_request_error", "validation_error", "INVALID_ARGUMENT"))) {
      return 400;
    }
    return 500;
  }
}
