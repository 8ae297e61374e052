package framewise.vision.openai;

import static dev.langchain4j.model.chat.Capability.RESPONSE_FORMAT_JSON_SCHEMA;

import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import framewise.vision.ClipBackend;
import framewise.vision.Question;
import framewise.vision.chat.Access;
import framewise.vision.chat.ChatBackend;
import framewise.vision.chat.ChatModels;
import framewise.vision.chat.Requests;
import java.net.URI;
import java.util.List;

/** OpenAI's chat completions. */
public final class OpenAiBackend {
  private static final String DEFAULT_MODEL = "gpt-5.4";

  private OpenAiBackend() {}

  /**
   * Made without asking anybody.
   *
   * @param access with a key
   */
  public static ClipBackend of(Access access) {
    var profile =
        new ChatBackend.Profile(
            "openai",
            "OpenAI",
            List.of(access.model().orElse(DEFAULT_MODEL)),
            "OPENAI_API_KEY and OPENAI_BASE_URL");
    return new ChatBackend(
        profile, access.pictures(), () -> models(access), OpenAiBackend::parameters, access.key());
  }

  private static ChatModels models(Access access) {
    var whole =
        OpenAiChatModel.builder()
            .httpClientBuilder(Requests.http())
            .apiKey(access.key().orElseThrow())
            .timeout(access.timeout())
            .maxRetries(0)
            .supportedCapabilities(RESPONSE_FORMAT_JSON_SCHEMA);
    var streaming =
        OpenAiStreamingChatModel.builder()
            .httpClientBuilder(Requests.http())
            .apiKey(access.key().orElseThrow())
            .timeout(access.timeout());
    access
        .baseUrl()
        .map(URI::toString)
        .ifPresent(
            url -> {
              whole.baseUrl(url);
              streaming.baseUrl(url);
            });
    return new ChatModels(whole.build(), streaming.build());
  }

  private static ChatRequestParameters parameters(Question question) {
    var parameters = OpenAiChatRequestParameters.builder();
    question.maxOutputTokens().ifPresent(parameters::maxCompletionTokens);
    Requests.format(question).ifPresent(parameters::responseFormat);
    return parameters.build();
  }
}
