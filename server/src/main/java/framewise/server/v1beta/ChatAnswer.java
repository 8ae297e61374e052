package framewise.server.v1beta;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.result.Event;
import framewise.server.http.Reply;
import framewise.vision.Usage;
import framewise.vision.chat.tool.OpenAiTools;
import framewise.vision.tool.CalledTools;
import java.time.Instant;
import java.util.Optional;

/** An answer in the format of chat completions, complete or in chunks. */
final class ChatAnswer {
  private final String id;
  private final long created;
  private final String model;
  private final Optional<String> thread;

  /**
   * @param model the model that answers
   * @param thread echoed from the request
   */
  ChatAnswer(String id, Instant created, String model, Optional<String> thread) {
    this.id = "chatcmpl-" + id;
    this.created = created.getEpochSecond();
    this.model = model;
    this.thread = thread;
  }

  ObjectNode whole(
      Event.Outcome.Answered answered, Optional<CalledTools> called, Optional<Usage> usage) {
    ObjectNode json = begin("chat.completion");
    ObjectNode choice = json.putArray("choices").addObject().put("index", 0);
    ObjectNode message = choice.putObject("message").put("role", "assistant");
    called.ifPresentOrElse(
        it -> {
          message.put("content", it.text().isEmpty() ? null : it.text());
          OpenAiTools.put(message, it.calls());
        },
        () -> message.put("content", answered.text()));
    choice.put("finish_reason", answered.finishReason());
    end(json, usage);
    return json;
  }

  /** The first chunk, which has only the role. */
  ObjectNode first() {
    return chunk("role", "assistant", null);
  }

  ObjectNode part(String text) {
    return chunk("content", text, null);
  }

  /** A chunk with parts of tool calls. */
  ObjectNode calls(ArrayNode deltas) {
    ObjectNode json = begin("chat.completion.chunk");
    ObjectNode choice = json.putArray("choices").addObject().put("index", 0);
    choice.putObject("delta").set("tool_calls", deltas);
    choice.putNull("finish_reason");
    return json;
  }

  ObjectNode last(String finishReason) {
    ObjectNode json = begin("chat.completion.chunk");
    ObjectNode choice = json.putArray("choices").addObject().put("index", 0);
    choice.putObject("delta");
    choice.put("finish_reason", finishReason);
    return json;
  }

  /** The chunk after the last one, for clients that ask for usage. */
  ObjectNode usage(Optional<Usage> usage) {
    ObjectNode json = begin("chat.completion.chunk");
    json.putArray("choices");
    end(json, usage);
    return json;
  }

  private ObjectNode chunk(
      String name, String text, @org.jspecify.annotations.Nullable String end) {
    ObjectNode json = begin("chat.completion.chunk");
    ObjectNode choice = json.putArray("choices").addObject().put("index", 0);
    choice.putObject("delta").put(name, text);
    choice.put("finish_reason", end);
    return json;
  }

  private ObjectNode begin(String object) {
    return Reply.object()
        .put("id", id)
        .put("object", object)
        .put("created", created)
        .put("model", model);
  }

  private void end(ObjectNode json, Optional<Usage> usage) {
    long in = usage.map(Usage::inputTokens).orElse(0L);
    long out = usage.map(Usage::outputTokens).orElse(0L);
    json.putObject("usage")
        .put("prompt_tokens", in)
        .put("completion_tokens", out)
        .put("total_tokens", in + out);
    json.putObject("overshoot")
        .putObject("cache")
        .put("thread_id", thread.orElse(null))
        .put("cache_hit", false)
        .put("cached_input_tokens", 0);
  }
}
