package framewise.vision.anthropic;

import static dev.langchain4j.model.chat.Capability.RESPONSE_FORMAT_JSON_SCHEMA;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import framewise.vision.ClipBackend;
import framewise.vision.Question;
import framewise.vision.chat.Access;
import framewise.vision.chat.ChatBackend;
import framewise.vision.chat.ChatModels;
import framewise.vision.chat.Requests;
import java.util.List;
import java.util.Map;

/** Anthropic's messages. */
public final class AnthropicBackend {
  private static final String DEFAULT_MODEL = "claude-sonnet-4-6";

  /** The API must be told; so long an answer about a clip is long enough. */
  private static final int USUAL_TOKENS = 1_024;

  /**
   * Refuses what LangChain4j leaves out anyway: temperature, top_p and top_k. Its official clients
   * send the key as a bearer token, which gateways have followed.
   */
  private static final String VERSION = "2026-10-21";

  private AnthropicBackend() {}

  /**
   * Made without asking anybody.
   *
   * @param access with a key
   */
  public static ClipBackend of(Access access) {
    var profile =
        new ChatBackend.Profile(
            "anthropic",
            "Anthropic",
            List.of(access.model().orElse(DEFAULT_MODEL)),
            "ANTHROPIC_API_KEY and ANTHROPIC_BASE_URL",
            Map.of(),
            new ChatBackend.Address("ANTHROPIC_BASE_URL", "v1"));
    return new ChatBackend(profile, access, () -> models(access), AnthropicBackend::parameters);
  }

  private static ChatModels models(Access access) {
    var whole =
        AnthropicChatModel.builder()
            .httpClientBuilder(Requests.httpWithBearer(access))
            .apiKey(access.key().orElseThrow())
            .version(VERSION)
            .modelName(access.model().orElse(DEFAULT_MODEL))
            .timeout(access.timeout())
            .maxRetries(0)
            .supportedCapabilities(RESPONSE_FORMAT_JSON_SCHEMA);
    var streaming =
        AnthropicStreamingChatModel.builder()
            .httpClientBuilder(Requests.httpWithBearer(access))
            .apiKey(access.key().orElseThrow())
            .version(VERSION)
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

  private static ChatRequestParameters parameters(Question question) {
    var parameters = ChatRequestParameters.builder();
    parameters.maxOutputTokens(question.maxOutputTokens().orElse(USUAL_TOKENS));
    Requests.format(question).ifPresent(parameters::responseFormat);
    return parameters.build();
  }
}
