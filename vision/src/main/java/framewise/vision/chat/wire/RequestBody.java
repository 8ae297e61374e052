package framewise.vision.chat.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.vision.Reasoning;
import framewise.vision.chat.tool.ToolForm;
import framewise.vision.tool.ToolUse;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The body of a request in any of the three wire formats, and what can be removed from it when a
 * server refuses it. Equivalent fields of different formats share one name here.
 */
public final class RequestBody {
  /** Name of the field that asks for a streamed answer. */
  public static final String STREAM = "stream";

  static final String FORMAT = "response_format";
  static final String SYSTEM = "system";
  static final String DETAIL = "detail";
  static final String REASONING = "reasoning";
  static final String MAX_TOKENS = "max_tokens";
  static final String MAX_COMPLETION_TOKENS = "max_completion_tokens";

  /** Prefix for a refusal of one schema only, which a server cannot read. */
  private static final String ONE_FORMAT = FORMAT + "#";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** An answer that ignores tools is not what the client asked for. */
  private static final Set<String> NEEDED =
      Set.of("model", "messages", "contents", "tools", "tool_choice", "toolConfig");

  private static final Map<String, String> NAMES =
      Map.of(
          "output_config", FORMAT,
          "responseJsonSchema", FORMAT,
          "responseSchema", FORMAT,
          "responseMimeType", FORMAT,
          "reasoning_effort", REASONING,
          "thinking", REASONING,
          "thinkingConfig", REASONING,
          "systemInstruction", SYSTEM);

  private final ObjectNode json;
  private final boolean openAi;

  private RequestBody(ObjectNode json, boolean openAi) {
    this.json = json;
    this.openAi = openAi;
  }

  /**
   * @param address the request's address; some formats name the output limit differently
   */
  static RequestBody of(String body, String address) {
    try {
      return new RequestBody(
          (ObjectNode) JSON.readTree(body), address.contains("/chat/completions"));
    } catch (JsonProcessingException notOurs) {
      throw new IllegalStateException("a request that is not JSON", notOurs);
    }
  }

  /** Adds a reasoning setting. */
  RequestBody with(Reasoning reasoning, String address) {
    ObjectNode body = json.deepCopy();
    ReasoningForm.put(body, reasoning, address);
    return new RequestBody(body, openAi);
  }

  /** Adds tools, and the conversation after the question. */
  RequestBody with(ToolUse tools, String address) {
    ObjectNode body = json.deepCopy();
    ToolForm.put(body, tools, address);
    return new RequestBody(body, openAi);
  }

  /**
   * The form of its reasoning setting, if there is an alternative; otherwise the setting's name.
   */
  String reasoningStep() {
    return ReasoningForm.step(json).orElse(REASONING);
  }

  /** The names of its parameters that a server may refuse. */
  Set<String> optional() {
    Set<String> names = new LinkedHashSet<>();
    Stream.of(json, json.path("generationConfig"))
        .flatMap(at -> at.properties().stream())
        .map(Map.Entry::getKey)
        .filter(key -> !NEEDED.contains(key) && !key.equals("generationConfig"))
        .filter(key -> openAi || !key.equals(MAX_TOKENS))
        .map(key -> NAMES.getOrDefault(key, key))
        .forEach(names::add);
    if (json.at("/messages/0/role").asText().equals("system")) {
      names.add(SYSTEM);
    }
    if (json.findValue(DETAIL) != null && !details().isEmpty()) {
      names.add(DETAIL);
    }
    return names;
  }

  /** The name for a refusal of this answer format only. */
  String thisFormat() {
    return ONE_FORMAT + format().hashCode();
  }

  /** Its text without the refused parameters, and with their replacements. */
  String without(Set<String> refused) {
    if (refused.isEmpty()) {
      return json.toString();
    }
    ObjectNode body = json.deepCopy();
    var left = new RequestBody(body, openAi);
    refused.forEach(name -> left.remove(name, refused));
    ReasoningForm.replace(body, refused);
    if (refused.contains(thisFormat())) {
      left.removeFields(FORMAT);
    }
    return body.toString();
  }

  /** A name for display. */
  static String shown(String name) {
    if (name.startsWith(ReasoningForm.STEP)) {
      return REASONING;
    }
    return name.startsWith(ONE_FORMAT) ? FORMAT : name;
  }

  /** The replacement of a parameter. */
  static String instead(String name) {
    if (name.startsWith(ONE_FORMAT)) {
      return "for one schema, which is in the prompt";
    }
    if (name.startsWith(ReasoningForm.STEP)) {
      return ReasoningForm.instead(name);
    }
    return switch (name) {
      case STREAM -> "answers without streaming";
      case FORMAT -> "the schema is in the prompt";
      case SYSTEM -> "at the beginning of the prompt";
      case MAX_TOKENS -> "sent as max_completion_tokens";
      case MAX_COMPLETION_TOKENS -> "sent as max_tokens";
      default -> "left out";
    };
  }

  private void remove(String name, Set<String> refused) {
    switch (name) {
      case SYSTEM -> systemIntoPrompt();
      case DETAIL -> details().forEach(image -> image.remove(DETAIL));
      case MAX_TOKENS -> rename(name, MAX_COMPLETION_TOKENS, refused);
      case MAX_COMPLETION_TOKENS -> rename(name, MAX_TOKENS, refused);
      default -> {
        if (!name.startsWith(ONE_FORMAT) && !name.startsWith(ReasoningForm.STEP)) {
          removeFields(name);
        }
      }
    }
  }

  private void rename(String name, String other, Set<String> refused) {
    if (openAi && json.has(name)) {
      JsonNode value = json.remove(name);
      if (!refused.contains(other)) {
        json.set(other, value);
      }
    }
  }

  /** Removes the fields of a name, in all wire formats. */
  private void removeFields(String name) {
    if (name.equals(FORMAT)
        && json.path("output_config") instanceof ObjectNode config
        && config.size() > 1) {
      config.remove("format");
      return;
    }
    for (JsonNode at : List.of(json, json.path("generationConfig"))) {
      if (at instanceof ObjectNode object) {
        object.remove(
            object.properties().stream()
                .map(Map.Entry::getKey)
                .filter(key -> !NEEDED.contains(key))
                .filter(key -> NAMES.getOrDefault(key, key).equals(name))
                .toList());
      }
    }
  }

  private Optional<JsonNode> field(String name) {
    return Stream.of(json, json.path("generationConfig"))
        .flatMap(at -> at.properties().stream())
        .filter(entry -> NAMES.getOrDefault(entry.getKey(), entry.getKey()).equals(name))
        .map(Map.Entry::getValue)
        .filter(JsonNode::isObject)
        .findFirst();
  }

  private JsonNode format() {
    return field(FORMAT).orElse(JSON.nullNode());
  }

  private List<ObjectNode> details() {
    return json.findParents(DETAIL).stream()
        .filter(node -> node.path("url").isTextual())
        .map(ObjectNode.class::cast)
        .toList();
  }

  private void systemIntoPrompt() {
    Optional<String> system = takeSystem();
    if (system.isEmpty()) {
      return;
    }
    for (JsonNode message : json.path(json.has("contents") ? "contents" : "messages")) {
      if (message instanceof ObjectNode user && user.path("role").asText("user").equals("user")) {
        prepend(user, system.get());
        return;
      }
    }
  }

  private Optional<String> takeSystem() {
    if (json.path("messages") instanceof ArrayNode messages
        && messages.path(0).path("role").asText().equals("system")) {
      return text(messages.remove(0).path("content"));
    }
    return Stream.of(SYSTEM, "systemInstruction")
        .filter(json::has)
        .findFirst()
        .flatMap(name -> text(json.remove(name)));
  }

  private static Optional<String> text(JsonNode node) {
    List<String> texts =
        node.isTextual() ? List.of(node.textValue()) : node.findValuesAsText("text");
    return Optional.of(String.join("\n", texts)).filter(text -> !text.isBlank());
  }

  private void prepend(ObjectNode user, String text) {
    String place = user.has("parts") ? "parts" : "content";
    if (user.path(place) instanceof ArrayNode parts) {
      var part = JSON.createObjectNode();
      if (place.equals("content")) {
        part.put("type", "text");
      }
      parts.insert(0, part.put("text", text));
    } else {
      user.put(place, text + "\n\n" + user.path(place).asText());
    }
  }

  @Override
  public String toString() {
    return "RequestBody[%s]".formatted(String.join(", ", optional()).toLowerCase(Locale.ROOT));
  }
}
