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
import framewise.vision.chat.Provider;
import framewise.vision.chat.Requests;

/** The back end for Anthropic's Messages API. */
public final class AnthropicBackend {
  public static final Provider PROVIDER =
      Provider.of(
              "anthropic",
              "Anthropic",
              "ANTHROPIC",
              "v1",
              "claude-sonnet-4-6",
              (access, search) -> of(access))
          .relayedByOvershoot("claude");

  /** The API requires a limit; this is enough for an answer about a clip. */
  private static final int DEFAULT_TOKENS = 1_024;

  /**
   * This version rejects what LangChain4j omits anyway: temperature, top_p and top_k. Its official
   * clients send the key as a bearer token, which gateways have adopted.
   */
  private static final String VERSION = "2026-10-21";

  private AnthropicBackend() {}

  /**
   * Creates the back end without contacting the service.
   *
   * @param access with a key
   */
  public static ClipBackend of(Access access) {
    return new ChatBackend(
        PROVIDER.profile(access), access, () -> models(access), AnthropicBackend::parameters);
  }

  private static ChatModels models(Access access) {
    var whole =
        AnthropicChatModel.builder()
            .httpClientBuilder(Requests.httpWithBearer(access))
            .apiKey(access.key().orElseThrow())
            .version(VERSION)
            .modelName(access.model().orElse(PROVIDER.defaultModel()))
            .timeout(access.timeout())
            .maxRetries(0)
            .supportedCapabilities(RESPONSE_FORMAT_JSON_SCHEMA);
    var streaming =
        AnthropicStreamingChatModel.builder()
            .httpClientBuilder(Requests.httpWithBearer(access))
            .apiKey(access.key().orElseThrow())
            .version(VERSION)
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

  private static ChatRequestParameters parameters(Question question) {
    var parameters = ChatRequestParameters.builder();
    parameters.maxOutputTokens(question.maxOutputTokens().orElse(DEFAULT_TOKENS));
    Requests.format(question).ifPresent(parameters::responseFormat);
    return parameters.build();
  }
}
