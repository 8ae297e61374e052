package framewise.server.whip;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.pipeline.StreamSettings;
import framewise.engine.source.SourceKind;
import framewise.media.network.ShownUrl;
import framewise.server.api.StartRequest;
import framewise.server.http.Fields;
import framewise.server.http.Reply;
import framewise.server.upload.DisplayName;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the query of {@code POST /whip} asks for: the body is the offer and has no room for it. The
 * names are those of {@code POST /start-stream}, and so are the defaults, save the prompt's.
 *
 * @param kind how the video comes to the one who sends it
 * @param name of the session
 */
record WhipOrder(SourceKind kind, String name, StreamSettings settings) {
  /** Asked where nothing is. */
  static final String PROMPT = "Describe what you see in few words";

  private static final List<String> TEXTS =
      List.of("prompt", "system", "backend", "model", "reasoning");
  private static final List<String> NUMBERS =
      List.of(
          "fps",
          "sampling_ratio",
          "clip_length_seconds",
          "delay_seconds",
          "max_output_tokens",
          "refresh_seconds",
          "budget");

  /** What is JSON in a request's body is JSON text in a query. */
  private static final List<String> JSONS = List.of("output_schema", "prompts", "skip_unchanged");

  /** Reading a number takes the square of its length. */
  private static final int LONGEST_NUMBER = 100;

  private static final String FALLBACK = "fallback";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * Reads the query. What is not known is ignored.
   *
   * @throws framewise.engine.RefusedException naming every bad field
   */
  static WhipOrder read(Map<String, List<String>> query) {
    ObjectNode json = Reply.object();
    if (first(query, "prompts").isEmpty()) {
      json.put("prompt", PROMPT);
    }
    TEXTS.forEach(name -> first(query, name).ifPresent(text -> json.put(name, text)));
    NUMBERS.forEach(name -> first(query, name).ifPresent(text -> put(json, name, text)));
    JSONS.forEach(name -> first(query, name).ifPresent(text -> json.set(name, parsed(text))));
    first(query, FALLBACK)
        .ifPresent(
            names -> {
              var list = json.putArray(FALLBACK);
              Stream.of(names.split(",", -1)).map(String::strip).forEach(list::add);
            });
    Fields fields = Fields.of(json);
    SourceKind kind = kind(fields, first(query, "source").orElse(SourceKind.WHIP.wireName()));
    String name =
        first(query, "name")
            .map(ShownUrl::inText)
            .map(DisplayName::of)
            .orElseGet(() -> nameOf(kind));
    return new WhipOrder(kind, name, StartRequest.read(fields));
  }

  private static Optional<String> first(Map<String, List<String>> query, String name) {
    return query.getOrDefault(name, List.of()).stream()
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .findFirst();
  }

  /** A number as a number; anything else as it is, to be told with the other faults. */
  private static void put(ObjectNode json, String name, String text) {
    if (text.length() > LONGEST_NUMBER) {
      json.put(name, text);
      return;
    }
    try {
      json.put(name, new BigDecimal(text));
    } catch (NumberFormatException noNumber) {
      json.put(name, text);
    }
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException noJson) {
      return JSON.getNodeFactory().textNode(text);
    }
  }

  private static SourceKind kind(Fields fields, String name) {
    return switch (name) {
      case "whip" -> SourceKind.WHIP;
      case "webcam" -> SourceKind.WEBCAM;
      case "screen" -> SourceKind.SCREEN;
      default -> {
        fields.add(
            "source",
            "source is \"%s\" but must be whip, webcam or screen".formatted(DisplayName.of(name)));
        yield SourceKind.WHIP;
      }
    };
  }

  private static String nameOf(SourceKind kind) {
    return switch (kind) {
      case WEBCAM -> "Webcam";
      case SCREEN -> "Screen";
      default -> "WHIP stream";
    };
  }
}
