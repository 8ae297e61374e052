package framewise.server.v1beta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import framewise.engine.SessionId;
import framewise.server.http.Fields;
import framewise.vision.tool.ToolCall;
import framewise.vision.tool.ToolChoice;
import framewise.vision.tool.ToolUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A request for a chat completion. Unknown fields are ignored.
 *
 * @param model the client's name for it
 * @param messages at least one; empty once they have been read
 * @param schema JSON Schema that the answer must match
 * @param longest maximum number of tokens in the answer
 * @param stream whether to send the answer as events
 * @param includeUsage whether the last event includes the usage
 * @param thread echoed in the answer
 * @param tools that the model may call
 */
record ChatRequest(
    String model,
    List<Message> messages,
    Optional<JsonNode> schema,
    OptionalInt longest,
    boolean stream,
    boolean includeUsage,
    Optional<String> thread,
    Optional<ToolUse> tools) {
  private static final int MAX_MODEL_LENGTH = 200;
  private static final int MAX_MESSAGES = 200;
  private static final int MAX_PARTS = 200;
  private static final int MAX_ANSWER_LENGTH = 100_000;
  private static final int MAX_THREAD_LENGTH = 200;
  private static final List<String> ROLES =
      List.of("system", "developer", "user", "assistant", "tool");

  ChatRequest {
    messages = List.copyOf(messages);
  }

  /** Whether the model may call tools instead of answering. */
  boolean mayCallTools() {
    return tools
        .filter(use -> use.choice().filter(it -> it.mode() == ToolChoice.ToolMode.NONE).isEmpty())
        .isPresent();
  }

  /** The first stream whose pictures it asks about. */
  Optional<SessionId> ofStream() {
    return messages.stream()
        .flatMap(message -> message.parts().stream())
        .filter(ChatPart.Media.class::isInstance)
        .map(part -> ((ChatPart.Media) part).url())
        .flatMap(url -> StreamAddress.stream(url).stream())
        .findFirst();
  }

  /**
   * The request without its messages, once they have been read, because they contain the pictures
   * that were sent.
   */
  ChatRequest withoutMessages() {
    return new ChatRequest(model, List.of(), schema, longest, stream, includeUsage, thread, tools);
  }

  /**
   * One message.
   *
   * @param calls tool calls, of an assistant
   * @param callId id of the call whose output it contains, for the role {@code tool}
   */
  record Message(String role, List<ChatPart> parts, List<ToolCall> calls, Optional<String> callId) {
    Message {
      parts = List.copyOf(parts);
      calls = List.copyOf(calls);
    }

    boolean isSystem() {
      return ChatRequest.isSystem(role);
    }
  }

  private static boolean isSystem(String role) {
    return role.equals("system") || role.equals("developer");
  }

  /**
   * Reads all fields.
   *
   * @throws framewise.engine.RefusedException listing every invalid field
   */
  static ChatRequest read(Fields fields) {
    Optional<String> model = fields.requiredString("model", MAX_MODEL_LENGTH);
    if (!fields.has("messages")) {
      fields.add("messages", "messages is missing but must be a list of objects");
    }
    List<Message> messages =
        fields.list("messages", MAX_MESSAGES).stream().map(ChatRequest::message).toList();
    OptionalInt longest = fields.wholeNumber("max_completion_tokens", 1, Integer.MAX_VALUE);
    if (longest.isEmpty()) {
      longest = fields.wholeNumber("max_tokens", 1, Integer.MAX_VALUE);
    }
    Optional<JsonNode> schema = schema(fields);
    boolean stream = fields.flag("stream").orElse(false);
    boolean usage =
        fields
            .fields("stream_options")
            .flatMap(options -> options.flag("include_usage"))
            .orElse(false);
    Optional<String> thread = fields.string("thread_id", MAX_THREAD_LENGTH);
    Optional<ToolUse> tools = ChatTools.read(fields);
    fields.requireSound();
    return new ChatRequest(
        model.orElseThrow(),
        messages,
        schema,
        longest.isPresent()
            ? OptionalInt.of(Math.min(longest.getAsInt(), MAX_ANSWER_LENGTH))
            : longest,
        stream,
        usage,
        thread,
        tools);
  }

  private static Message message(Fields message) {
    String role = message.requiredString("role").orElse("user");
    if (!ROLES.contains(role)) {
      message.add("role", "role must be one of " + String.join(", ", ROLES));
    }
    List<ToolCall> calls = role.equals("assistant") ? ChatTools.calls(message) : List.of();
    Optional<String> callId = role.equals("tool") ? ChatTools.callId(message) : Optional.empty();
    return new Message(role, parts(message, role), calls, callId);
  }

  private static List<ChatPart> parts(Fields message, String role) {
    Optional<String> text = message.textIn("content");
    if (text.isPresent()) {
      return List.of(new ChatPart.Text(text.get()));
    }
    if (!message.has("content")) {
      // Messages of an assistant that called tools have no text.
      if (!role.equals("assistant")) {
        message.add("content", "content is missing but must be a string or a list of parts");
      }
      return List.of();
    }
    if (message.json("content").filter(JsonNode::isArray).isEmpty()) {
      message.add("content", "content must be a string or a list of parts");
      return List.of();
    }
    List<ChatPart> parts = new ArrayList<>();
    message.list("content", MAX_PARTS).forEach(part -> part(part, role).ifPresent(parts::add));
    return parts;
  }

  private static Optional<ChatPart> part(Fields part, String role) {
    String type = part.requiredString("type").orElse("");
    return switch (type) {
      case "" -> Optional.empty();
      case "text", "refusal" -> part.requiredString(type).map(ChatPart.Text::new);
      case "image_url", "video_url" -> {
        if (isSystem(role)) {
          part.add("type", "type must be text in a message of the role " + role);
        }
        boolean video = type.equals("video_url");
        Optional<String> plain = part.textIn(type);
        if (plain.isPresent()) {
          yield plain.map(url -> new ChatPart.Media(url, video));
        }
        if (!part.has(type)) {
          part.add(type, type + " is missing but must be an object with a url");
        }
        yield part.fields(type)
            .flatMap(media -> media.requiredString("url"))
            .map(url -> new ChatPart.Media(url, video));
      }
      default -> {
        part.add("type", "type must be text, image_url or video_url");
        yield Optional.empty();
      }
    };
  }

  private static Optional<JsonNode> schema(Fields fields) {
    Optional<Fields> format = fields.fields("response_format");
    if (format.isEmpty()) {
      return Optional.empty();
    }
    String type = format.get().requiredString("type").orElse("text");
    return switch (type) {
      case "text" -> Optional.empty();
      case "json_object" -> Optional.of(anyObject());
      case "json_schema" -> {
        Optional<Fields> named = format.get().fields("json_schema");
        if (named.isEmpty() && !format.get().has("json_schema")) {
          format.get().add("json_schema", "json_schema is missing but must be an object");
        }
        yield named
            .filter(one -> one.has("schema"))
            .map(one -> one.schema("schema"))
            .orElseGet(() -> Optional.of(anyObject()));
      }
      default -> {
        format.get().add("type", "type must be text, json_object or json_schema");
        yield Optional.empty();
      }
    };
  }

  private static JsonNode anyObject() {
    return JsonNodeFactory.instance.objectNode().put("type", "object");
  }
}
