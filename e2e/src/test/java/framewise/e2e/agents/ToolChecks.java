package framewise.e2e.agents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** Compares parts of a request with what the app sent. */
final class ToolChecks {
  /** The schema of {@code look_up}'s arguments, as the app declares it. */
  static final String SCHEMA =
      """
      {"type":"object","$defs":{"place":{"type":"string","pattern":"^[a-z]+$"}},
       "properties":{"place":{"$ref":"#/$defs/place"}},"required":["place"],
       "additionalProperties":false}\
      """;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode body;
  private final List<String> faults = new ArrayList<>();

  ToolChecks(JsonNode body) {
    this.body = body;
  }

  /** Expects this JSON at a JSON pointer. */
  ToolChecks has(String place, String json) {
    JsonNode expected = read(json);
    if (!body.at(place).equals(expected)) {
      faults.add("%s is %s, not %s".formatted(place, body.at(place), expected));
    }
    return this;
  }

  /** Expects text that begins with {@code text} at a JSON pointer. */
  ToolChecks begins(String place, String text) {
    if (!body.at(place).asText().startsWith(text)) {
      faults.add("%s is %.80s".formatted(place, body.at(place)));
    }
    return this;
  }

  List<String> faults() {
    return faults;
  }

  static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static List<String> events(String... data) {
    return List.of(data).stream().map(json -> "data: " + json.replace("\n", "") + "\n\n").toList();
  }
}
