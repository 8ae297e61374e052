package framewise.vision.chat.tool;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one JSON (a whole reply or an event) adds to a call of a tool, in any of the three wire
 * formats.
 *
 * @param index which call it belongs to; -1 for a new one
 * @param id empty unless it is stated
 * @param name empty unless it is stated
 * @param arguments part of their JSON text
 */
public record CallPart(int index, String id, String name, String arguments) {
  private static final int NEW = -1;

  /** The parts in a reply or an event. */
  public static List<CallPart> of(JsonNode json) {
    List<CallPart> parts = new ArrayList<>();
    if (json.has("choices")) {
      JsonNode choice = json.at("/choices/0");
      choice.at("/message/tool_calls").forEach(call -> parts.add(openAi(call)));
      choice.at("/delta/tool_calls").forEach(call -> parts.add(openAi(call)));
    } else if (json.has("candidates")) {
      json.at("/candidates/0/content/parts").forEach(part -> gemini(part).ifPresent(parts::add));
    } else {
      json.path("content").forEach(block -> anthropic(block, NEW).ifPresent(parts::add));
      int index = json.path("index").asInt(NEW);
      anthropic(json.path("content_block"), index).ifPresent(parts::add);
      JsonNode more = json.at("/delta/partial_json");
      if (more.isTextual()) {
        parts.add(new CallPart(index, "", "", more.textValue()));
      }
    }
    return parts;
  }

  private static CallPart openAi(JsonNode call) {
    JsonNode function = call.path("function");
    return new CallPart(
        call.path("index").asInt(NEW),
        call.path("id").asText(""),
        function.path("name").asText(""),
        text(function.path("arguments")));
  }

  private static Optional<CallPart> gemini(JsonNode part) {
    JsonNode call = part.path("functionCall");
    return call.isObject()
        ? Optional.of(
            new CallPart(
                NEW,
                SignedId.of(call.path("id").asText(""), part.path("thoughtSignature").asText("")),
                call.path("name").asText(""),
                call.path("args").isObject() ? call.path("args").toString() : ""))
        : Optional.empty();
  }

  private static Optional<CallPart> anthropic(JsonNode block, int index) {
    if (!block.path("type").asText().equals("tool_use")) {
      return Optional.empty();
    }
    // The first event of a streamed block has an empty object in place of its input.
    JsonNode input = block.path("input");
    String arguments = input.isObject() && !input.isEmpty() ? input.toString() : "";
    return Optional.of(
        new CallPart(index, block.path("id").asText(""), block.path("name").asText(""), arguments));
  }

  /** Some local servers send arguments as an object. */
  private static String text(JsonNode arguments) {
    return arguments.isObject() ? arguments.toString() : arguments.asText("");
  }
}
