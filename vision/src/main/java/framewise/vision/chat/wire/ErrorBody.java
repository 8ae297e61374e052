package framewise.vision.chat.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import framewise.vision.schema.ServiceJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The error body of a refusal, in any known form: {@code {"error":{"message","type", "code"}}}
 * (OpenAI, Anthropic), the same with {@code status} and {@code details} (Gemini), within {@code
 * detail}, {@code {"error":"code","message"}} (Overshoot), {@code {"object":"error"}} (vLLM,
 * Mistral), lists of faults (FastAPI), the error as a text, a web page, or plain text.
 *
 * @param message for users; the whole body if its form is unknown
 * @param words every code and type in it, such as {@code insufficient_quota} or {@code 1113}
 * @param json the body; missing when it is not JSON
 */
public record ErrorBody(String message, Set<String> words, JsonNode json) {
  private static final JsonMapper JSON = ServiceJson.MAPPER;

  /** Maximum characters of a message. */
  private static final int MAX_LENGTH = 8_000;

  private static final List<String> MESSAGES =
      List.of(
          "/error/message",
          "/detail/error/message",
          "/message",
          "/detail",
          "/error",
          "/error/error/message",
          "/errors/0/message",
          "/errors/0",
          "/msg",
          "/error_msg",
          "/error_message",
          "/base_resp/status_msg",
          "/detail/message");

  /** Places of lists of invalid fields. */
  private static final List<String> FAULTS =
      List.of("/detail", "/message/detail", "/error/message/detail", "/error/detail", "/errors");

  private static final List<String> WORDS =
      List.of(
          "/error/code",
          "/error/type",
          "/error/status",
          "/error/details/error_code",
          "/detail/error/code",
          "/detail/error/type",
          "/detail/error",
          "/error/error/code",
          "/error/error/type",
          "/errors/0/code",
          "/base_resp/status_code",
          "/error",
          "/code",
          "/type",
          "/error_code",
          "/reason");

  private static final List<String> STATUSES =
      List.of(
          "/error/code",
          "/error/status",
          "/error/http_code",
          "/code",
          "/status",
          "/status_code",
          "/detail/error/code");

  private static final Pattern PAGE = Pattern.compile("\\A\\s*<(?:!|\\w)", Pattern.DOTALL);
  private static final Pattern TITLE =
      Pattern.compile("<title[^>]*>([^<]*)</title>", Pattern.CASE_INSENSITIVE);

  public ErrorBody {
    message = message.length() <= MAX_LENGTH ? message : message.substring(0, MAX_LENGTH);
    words = Set.copyOf(words);
  }

  /** Reads a body; one in no known form counts as text. */
  public static ErrorBody parse(String body) {
    try {
      JsonNode json = JSON.readTree(body);
      JsonNode only = json.isArray() && json.size() == 1 ? json.get(0) : json;
      return only.isObject() ? of(only) : plain(body);
    } catch (JsonProcessingException noJson) {
      return plain(body);
    }
  }

  static ErrorBody of(JsonNode json) {
    Set<String> words = new HashSet<>();
    for (String place : WORDS) {
      JsonNode word = json.at(place);
      if (word.isTextual() || word.isIntegralNumber()) {
        words.add(word.asText());
      }
    }
    json.at("/error/details").forEach(detail -> words.add(detail.path("reason").asText()));
    return new ErrorBody(message(json), words, json);
  }

  /** Whether its codes or its message have one of these words. */
  public boolean says(Set<String> any) {
    return any.stream().anyMatch(words::contains);
  }

  /** Whether it is a web page, which no API sends. */
  public boolean isPage() {
    return json.isMissingNode() && words.contains("html");
  }

  /** The HTTP status that fits an error within a stream. */
  int status() {
    Optional<Integer> said =
        STATUSES.stream().map(json::at).flatMap(node -> status(node).stream()).findFirst();
    if (said.isPresent()) {
      return said.get();
    }
    if (says(
        Set.of(
            "rate_limit_error",
            "rate_limit_exceeded",
            "RESOURCE_EXHAUSTED",
            "too_many_requests",
            "RateLimitError"))) {
      return 429;
    }
    if (says(
        Set.of(
            "authentication_error",
            "permission_error",
            "UNAUTHENTICATED",
            "PERMISSION_DENIED",
            "AuthenticationError"))) {
      return 401;
    }
    if (says(Set.of("not_found_error", "NOT_FOUND", "NotFoundError"))) {
      return 404;
    }
    if (says(
        Set.of(
            "invalid_request_error",
            "validation_error",
            "INVALID_ARGUMENT",
            "FAILED_PRECONDITION",
            "BadRequestError"))) {
      return 400;
    }
    return 500;
  }

  private static Optional<Integer> status(JsonNode node) {
    boolean number = node.isInt() || (node.isTextual() && node.textValue().matches("\\d{3}"));
    return Optional.of(node.asInt()).filter(code -> number && code >= 400 && code < 600);
  }

  private static String message(JsonNode json) {
    String said =
        MESSAGES.stream()
            .map(json::at)
            .filter(node -> node.isTextual() && !node.asText().isBlank())
            .map(JsonNode::asText)
            .findFirst()
            .or(() -> faults(json))
            .orElseGet(json::toString);
    // OpenRouter uses this for every error of its providers.
    JsonNode raw = json.at("/error/metadata/raw");
    return raw.isTextual() && !said.contains(raw.textValue())
        ? said + ": " + raw.textValue()
        : said;
  }

  /** The invalid fields with their faults: {@code body.stream_options: Extra inputs ...}. */
  private static Optional<String> faults(JsonNode json) {
    List<String> faults = new ArrayList<>();
    for (String place : FAULTS) {
      for (JsonNode fault : json.at(place)) {
        List<String> at = new ArrayList<>();
        fault.path("loc").forEach(step -> at.add(step.asText()));
        Stream.of("msg", "message")
            .map(fault::path)
            .filter(JsonNode::isTextual)
            .findFirst()
            .ifPresent(
                said ->
                    faults.add(
                        (at.isEmpty() ? "" : String.join(".", at) + ": ") + said.textValue()));
      }
    }
    return faults.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", faults));
  }

  private static ErrorBody plain(String body) {
    boolean page = PAGE.matcher(body).lookingAt();
    return new ErrorBody(
        page ? words(body) : body, page ? Set.of("html") : Set.of(), MissingNode.getInstance());
  }

  /** A page's visible text: its title, or its first words. */
  private static String words(String page) {
    String beginning = page.substring(0, Math.min(page.length(), MAX_LENGTH));
    Matcher title = TITLE.matcher(beginning);
    return title.find() && !title.group(1).isBlank()
        ? title.group(1).strip()
        : beginning
            .replaceAll("(?is)<(script|style)\\b.{0,4000}?</\\1>", " ")
            .replaceAll("<[^>]{0,400}>", " ")
            .strip();
  }
}
