package framewise.vision.gemini;

import static dev.langchain4j.model.chat.Capability.RESPONSE_FORMAT_JSON_SCHEMA;

import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import framewise.vision.ClipBackend;
import framewise.vision.chat.Access;
import framewise.vision.chat.ChatBackend;
import framewise.vision.chat.ChatModels;
import framewise.vision.chat.Provider;
import framewise.vision.chat.Requests;

/** The back end for Google Gemini's generateContent. */
public final class GeminiBackend {
  public static final Provider PROVIDER =
      Provider.of(
              "gemini",
              "Gemini",
              "GEMINI",
              "v1beta",
              "gemini-2.5-flash",
              (access, search) -> of(access))
          .relayedByOvershoot("gemini");

  private GeminiBackend() {}

  /**
   * Creates the back end without contacting the service.
   *
   * @param access with a key
   */
  public static ClipBackend of(Access access) {
    return new ChatBackend(
        PROVIDER.profile(access), access, () -> models(access), Requests::parameters);
  }

  private static ChatModels models(Access access) {
    var whole =
        GoogleAiGeminiChatModel.builder()
            .httpClientBuilder(Requests.http(access))
            .apiKey(access.key().orElseThrow())
            .modelName(access.model().orElse(PROVIDER.defaultModel()))
            .timeout(access.timeout())
            .maxRetries(0)
            .supportedCapabilities(RESPONSE_FORMAT_JSON_SCHEMA);
    var streaming =
        GoogleAiGeminiStreamingChatModel.builder()
            .httpClientBuilder(Requests.http(access))
            .apiKey(access.key().orElseThrow())
            .modelName(access.model().orElse(PROVIDER.defaultModel()))
            .timeout(access.timeout());
    access
        .root()
        .ifPresent(
            url -> {
              whole.baseUrl(url);
              streaming.baseUrl(url);
            });
    return new ChatModels(whole.build(), streaming.build());
  }
}
