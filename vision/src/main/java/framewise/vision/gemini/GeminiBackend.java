package framewise.vision.gemini;

import static dev.langchain4j.model.chat.Capability.RESPONSE_FORMAT_JSON_SCHEMA;

import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import framewise.vision.ClipBackend;
import framewise.vision.chat.Access;
import framewise.vision.chat.ChatBackend;
import framewise.vision.chat.ChatModels;
import framewise.vision.chat.Requests;
import java.util.List;
import java.util.Map;

/** Google Gemini's generateContent. */
public final class GeminiBackend {
  private static final String DEFAULT_MODEL = "gemini-2.5-flash";

  private GeminiBackend() {}

  /**
   * Made without asking anybody.
   *
   * @param access with a key
   */
  public static ClipBackend of(Access access) {
    var profile =
        new ChatBackend.Profile(
            "gemini",
            "Gemini",
            List.of(access.model().orElse(DEFAULT_MODEL)),
            "GEMINI_API_KEY and GEMINI_BASE_URL",
            Map.of(),
            new ChatBackend.Address("GEMINI_BASE_URL", "v1beta"));
    return new ChatBackend(profile, access, () -> models(access), Requests::parameters);
  }

  private static ChatModels models(Access access) {
    var whole =
        GoogleAiGeminiChatModel.builder()
            .httpClientBuilder(Requests.http(access))
            .apiKey(access.key().orElseThrow())
            .modelName(access.model().orElse(DEFAULT_MODEL))
            .timeout(access.timeout())
            .maxRetries(0)
            .supportedCapabilities(RESPONSE_FORMAT_JSON_SCHEMA);
    var streaming =
        GoogleAiGeminiStreamingChatModel.builder()
            .httpClientBuilder(Requests.http(access))
            .apiKey(access.key().orElseThrow())
            .modelName(access.model().orElse(DEFAULT_MODEL))
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
