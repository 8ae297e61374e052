package framewise.vision.openai;

import static dev.langchain4j.model.chat.Capability.RESPONSE_FORMAT_JSON_SCHEMA;

import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import framewise.vision.Question;
import framewise.vision.chat.Access;
import framewise.vision.chat.ChatModels;
import framewise.vision.chat.Requests;
import java.util.Map;
import java.util.function.Supplier;

/** Models behind OpenAI's API, from any provider. */
public final class OpenAiModels {
  /** A placeholder key for servers without keys, which the library requires. */
  private static final String NO_KEY = "none";

  private OpenAiModels() {}

  public static ChatModels of(Access access) {
    return of(access, Map::of);
  }

  /**
   * Creates models with headers that may change.
   *
   * @param headers additional headers, read for each request
   */
  public static ChatModels of(Access access, Supplier<Map<String, String>> headers) {
    var whole =
        OpenAiChatModel.builder()
            .httpClientBuilder(Requests.http(access))
            .apiKey(access.key().orElse(NO_KEY))
            .timeout(access.timeout())
            .maxRetries(0)
            .customHeaders(headers)
            .supportedCapabilities(RESPONSE_FORMAT_JSON_SCHEMA);
    var streaming =
        OpenAiStreamingChatModel.builder()
            .httpClientBuilder(Requests.http(access))
            .apiKey(access.key().orElse(NO_KEY))
            .timeout(access.timeout())
            .customHeaders(headers);
    access
        .root()
        .ifPresent(
            url -> {
              whole.baseUrl(url);
              streaming.baseUrl(url);
            });
    return new ChatModels(whole.build(), streaming.build());
  }

  /** OpenAI's current parameter names; other servers often support only {@code max_tokens}. */
  public static ChatRequestParameters parameters(Question question) {
    var parameters = OpenAiChatRequestParameters.builder();
    question.maxOutputTokens().ifPresent(parameters::maxCompletionTokens);
    Requests.format(question).ifPresent(parameters::responseFormat);
    return parameters.build();
  }
}
