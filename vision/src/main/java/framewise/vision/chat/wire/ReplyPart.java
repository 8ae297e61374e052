package framewise.vision.chat.wire;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.vision.FinishReason;
import framewise.vision.chat.tool.CallPart;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The contribution of one JSON (a whole reply or an event) to an answer, in OpenAI's, Anthropic's
 * or Gemini's format. Thoughts in a separate field or part are recognised here; those within the
 * text by {@link ReplyText}.
 *
 * @param text part of the answer
 * @param thoughts part of the model's thoughts
 * @param replaces whether this replaces the text so far instead of extending it
 * @param model the model that answers, if stated
 * @param finish why the answer ended, once it has
 * @param calls of tools
 */
record ReplyPart(
    String text,
    String thoughts,
    boolean replaces,
    Optional<String> model,
    Optional<FinishReason> finish,
    List<CallPart> calls) {
  /** A longer name of a model counts as not stated: it is stored with each answer. */
  private static final int MAX_MODEL_LENGTH = 200;

  /** DeepSeek and vLLM; OpenRouter, Groq and newer vLLM; Ollama. */
  private static final List<String> THOUGHT_FIELDS =
      List.of("reasoning_content", "reasoning", "thinking", "reasoning_text", "thoughts");

  private static final Set<String> THOUGHT_TYPES =
      Set.of(
          "thinking",
          "redacted_thinking",
          "thinking_delta",
          "signature_delta",
          "reasoning",
          "reasoning_text",
          "reasoning_content",
          "summary_text",
          "thought");

  static ReplyPart of(JsonNode json) {
    Builder part = new Builder();
    part.model =
        Stream.of("/model", "/modelVersion", "/message/model")
            .map(json::at)
            .filter(node -> node.isTextual() && !node.textValue().isBlank())
            .filter(node -> node.textValue().length() <= MAX_MODEL_LENGTH)
            .map(JsonNode::textValue)
            .findFirst();
    if (json.has("choices")) {
      part.openAi(json.at("/choices/0"));
    } else if (json.has("candidates")) {
      part.gemini(json.at("/candidates/0"));
    } else {
      part.anthropic(json);
    }
    return new ReplyPart(
        part.text.toString(),
        part.thoughts.toString(),
        part.replaces,
        part.model,
        part.finish,
        CallPart.of(json));
  }

  private static final class Builder {
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thoughts = new StringBuilder();
    private boolean replaces;
    private Optional<String> model = Optional.empty();
    private Optional<FinishReason> finish = Optional.empty();

    void openAi(JsonNode choice) {
      // Some gateways repeat the whole message so far in each event.
      JsonNode delta = choice.path("delta");
      replaces = !delta.isObject() && choice.path("message").isObject();
      JsonNode message = replaces ? choice.path("message") : delta;
      THOUGHT_FIELDS.forEach(name -> thought(message.path(name)));
      content(message.isObject() ? message.path("content") : choice.path("text"));
      finish = finish(choice.path("finish_reason"));
    }

    void gemini(JsonNode candidate) {
      candidate.at("/content/parts").forEach(this::part);
      finish = finish(candidate.path("finishReason"));
    }

    void anthropic(JsonNode json) {
      content(json.path("content"));
      part(json.path("content_block"));
      if (json.path("type").asText().equals("content_block_delta")) {
        part(json.path("delta"));
      }
      finish =
          finish(json.path("stop_reason"))
              .or(() -> finish(json.at("/delta/stop_reason")))
              .or(() -> finish(json.at("/message/stop_reason")));
    }

    /** Reads a text, parts of one, or JSON from servers that parse JSON answers themselves. */
    private void content(JsonNode content) {
      if (content.isArray()) {
        content.forEach(this::part);
      } else if (content.isObject() && !isPart(content)) {
        text.append(content);
      } else if (content.isNumber() || content.isBoolean()) {
        text.append(content.asText());
      } else {
        part(content);
      }
    }

    private void part(JsonNode part) {
      boolean thought =
          part.path("thought").asBoolean() || THOUGHT_TYPES.contains(part.path("type").asText());
      if (thought) {
        thought(part);
      } else if (part.isTextual()) {
        text.append(part.textValue());
      } else if (part.path("text").isTextual()) {
        text.append(part.path("text").textValue());
      } else if (part.at("/text/value").isTextual()) {
        text.append(part.at("/text/value").textValue());
      }
    }

    /** Collects all texts at any depth; only whether there are any matters. */
    private void thought(JsonNode node) {
      if (node.isTextual()) {
        thoughts.append(node.textValue());
      } else if (node.isArray()) {
        node.forEach(this::thought);
      } else {
        Stream.of("text", "thinking", "summary", "content")
            .map(node::path)
            .filter(inner -> !inner.isMissingNode())
            .forEach(this::thought);
      }
    }

    private static boolean isPart(JsonNode content) {
      boolean typed = content.path("type").isTextual();
      return (typed && (content.has("text") || content.has("thinking")))
          || (content.size() == 1 && content.path("text").isTextual());
    }

    private static Optional<FinishReason> finish(JsonNode node) {
      return node.isTextual() ? new FinishWord(node.textValue()).reason() : Optional.empty();
    }
  }
}
