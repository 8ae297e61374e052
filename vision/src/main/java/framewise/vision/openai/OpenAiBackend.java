package framewise.vision.openai;

import static dev.langchain4j.model.chat.Capability.RESPONSE_FORMAT_JSON_SCHEMA;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import framewise.vision.ClipBackend;
import framewise.vision.Question;
import framewise.vision.chat.Access;
import framewise.vision.chat.ChatBackend;
import framewise.vision.chat.Requests;
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
    return new ChatBackend(profile, () -> model(access), OpenAiBackend::parameters, access.key());
  }

  private static ChatModel model(Access access) {
    var model =
        OpenAiChatModel.builder()
            .httpClientBuilder(Requests.http())
            .apiKey(access.key().orElseThrow())
            .timeout(access.timeout())
            .maxRetries(0)
            .supportedCapabilities(RESPONSE_FORMAT_JSON_SCHEMA);
    access.baseUrl().ifPresent(url -> model.baseUrl(url.toString()));
    return model.build();
  }

  private static ChatRequestParameters parameters(Question question) {
    var parameters = OpenAiChatRequestParameters.builder();
    question.maxOutputTokens().ifPresent(parameters::maxCompletionTokens);
    Requests.format(question).ifPresent(parameters::responseFormat);
    return parameters.build();
  }
}
