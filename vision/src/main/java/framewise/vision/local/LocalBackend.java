package framewise.vision.local;

import static dev.langchain4j.model.chat.Capability.RESPONSE_FORMAT_JSON_SCHEMA;

import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import framewise.vision.ClipBackend;
import framewise.vision.chat.Access;
import framewise.vision.chat.ChatBackend;
import framewise.vision.chat.ChatModels;
import framewise.vision.chat.Requests;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** A server of one's own that speaks OpenAI's API: llama.cpp, Ollama, vLLM, LM Studio. */
public final class LocalBackend {
  /** Servers with one model take any name; the others say which they have. */
  private static final String ANY_MODEL = "default";

  private LocalBackend() {}

  /**
   * Made without asking anybody.
   *
   * @param access with an address
   */
  public static ClipBackend of(Access access) {
    var profile =
        new ChatBackend.Profile(
            "local",
            "The local server",
            List.of(access.model().orElse(ANY_MODEL)),
            "LOCAL_BASE_URL and LOCAL_MODEL");
    // An address may have a password in it, and what fails likes to name the address.
    Optional<String> secret = access.baseUrl().map(URI::getUserInfo).or(access::key);
    return new ChatBackend(
        profile, access.pictures(), () -> models(access), Requests::parameters, secret);
  }

  private static ChatModels models(Access access) {
    String url = access.baseUrl().orElseThrow().toString();
    String key = access.key().orElse("none");
    return new ChatModels(
        OpenAiChatModel.builder()
            .httpClientBuilder(Requests.http())
            .baseUrl(url)
            .apiKey(key)
            .timeout(access.timeout())
            .maxRetries(0)
            .supportedCapabilities(RESPONSE_FORMAT_JSON_SCHEMA)
            .build(),
        OpenAiStreamingChatModel.builder()
            .httpClientBuilder(Requests.http())
            .baseUrl(url)
            .apiKey(key)
            .timeout(access.timeout())
            .build());
  }
}
