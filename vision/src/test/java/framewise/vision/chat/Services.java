package framewise.vision.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import framewise.vision.ClipBackend;
import framewise.vision.anthropic.AnthropicBackend;
import framewise.vision.gemini.GeminiBackend;
import framewise.vision.local.LocalBackend;
import framewise.vision.openai.OpenAiBackend;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * The services, each with the form in which it is asked and in which it answers: OpenAI's, unless
 * it says otherwise.
 */
enum Services {
  OPENAI("/v1") {
    @Override
    ClipBackend backend(Access access) {
      return OpenAiBackend.of(access);
    }
  },
  LOCAL("/v1") {
    @Override
    ClipBackend backend(Access access) {
      return LocalBackend.of(access);
    }
  },
  GEMINI("/v1beta") {
    @Override
    ClipBackend backend(Access access) {
      return GeminiBackend.of(access);
    }

    @Override
    String path(String model) {
      return "/v1beta/models/" + model + ":generateContent";
    }

    @Override
    String answer(String text, String finish) {
      var json = JsonNodeFactory.instance.objectNode();
      var candidate = json.putArray("candidates").addObject();
      candidate
          .putObject("content")
          .put("role", "model")
          .putArray("parts")
          .addObject()
          .put("text", text);
      candidate.put("finishReason", finish.equals("max") ? "MAX_TOKENS" : "STOP");
      json.put("modelVersion", "answered-by");
      json.putObject("usageMetadata").put("promptTokenCount", 1).put("totalTokenCount", 2);
      return json.toString();
    }

    @Override
    List<String> parts(JsonNode body) {
      List<String> parts = new ArrayList<>();
      for (JsonNode part : body.at("/contents/0/parts")) {
        parts.add(part.has("text") ? part.path("text").asText() : jpeg(part.findPath("data")));
      }
      return parts;
    }
  },
  ANTHROPIC("/v1") {
    @Override
    ClipBackend backend(Access access) {
      return AnthropicBackend.of(access);
    }

    @Override
    String path(String model) {
      return "/v1/messages";
    }

    @Override
    String answer(String text, String finish) {
      var json = JsonNodeFactory.instance.objectNode();
      json.put("id", "m1").put("type", "message").put("role", "assistant");
      json.put("model", "answered-by");
      var content = json.putArray("content");
      if (!text.isEmpty()) {
        content.addObject().put("type", "text").put("text", text);
      }
      json.put("stop_reason", finish.equals("max") ? "max_tokens" : "end_turn");
      json.putObject("usage").put("input_tokens", 1).put("output_tokens", 1);
      return json.toString();
    }

    @Override
    List<String> parts(JsonNode body) {
      List<String> parts = new ArrayList<>();
      for (JsonNode part : body.at("/messages/0/content")) {
        parts.add(part.has("text") ? part.path("text").asText() : jpeg(part.findPath("data")));
      }
      return parts;
    }
  };

  static final String KEY = "sk-a-key-that-must-not-be-seen";

  private final String base;

  Services(String base) {
    this.base = base;
  }

  abstract ClipBackend backend(Access access);

  /** Where a request for a model goes. */
  String path(String model) {
    return "/v1/chat/completions";
  }

  /** Its whole answer; {@code finish} is {@code stop} or {@code max}. */
  String answer(String text, String finish) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("id", "c1").put("object", "chat.completion").put("model", "answered-by");
    var choice = json.putArray("choices").addObject().put("index", 0);
    choice.putObject("message").put("role", "assistant").put("content", text);
    choice.put("finish_reason", finish.equals("max") ? "length" : "stop");
    json.putObject("usage").put("prompt_tokens", 1).put("total_tokens", 2);
    return json.toString();
  }

  /** What it was sent, in order: texts as they are, a picture as {@code JPEG}. */
  List<String> parts(JsonNode body) {
    return StreamSupport.stream(body.at("/messages/0/content").spliterator(), false)
        .map(
            part -> part.has("text") ? part.path("text").asText() : jpeg(part.at("/image_url/url")))
        .toList();
  }

  ClipBackend backend(ServiceStub stub) {
    return backend(stub.address(base));
  }

  ClipBackend backend(URI address) {
    return backend(
        new Access(
            Optional.of(KEY),
            Optional.of(address),
            Optional.of("asked-for"),
            Duration.ofSeconds(2)));
  }

  /** {@code JPEG} for base64 that begins as a JPEG does, itself otherwise. */
  private static String jpeg(JsonNode data) {
    String text = data.asText();
    String base64 = text.replaceFirst("^data:image/jpeg;base64,", "");
    return base64.startsWith("/9j/") ? "JPEG" : text;
  }
}
