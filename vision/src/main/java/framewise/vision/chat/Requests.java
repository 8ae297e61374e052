package framewise.vision.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import framewise.vision.Question;
import java.util.Optional;

/** The common parts of requests to chat models. */
public final class Requests {
  private Requests() {}

  /** A client that sends on the calling thread, so that it can be interrupted. */
  public static HttpClientBuilder http(Access access) {
    return new ServiceClientBuilder(false, access.base());
  }

  /** Like {@link #http}, with {@code Authorization: Bearer} instead of {@code x-api-key}. */
  public static HttpClientBuilder httpWithBearer(Access access) {
    return new ServiceClientBuilder(true, access.base());
  }

  /** The provider's parameter for JSON that fits a schema, if one is wanted. */
  public static Optional<ResponseFormat> format(Question question) {
    return question.outputSchema().map(Requests::format);
  }

  /** The parameters that most models receive besides the message. */
  public static ChatRequestParameters parameters(Question question) {
    var parameters = ChatRequestParameters.builder();
    question.maxOutputTokens().ifPresent(parameters::maxOutputTokens);
    format(question).ifPresent(parameters::responseFormat);
    return parameters.build();
  }

  private static ResponseFormat format(JsonNode schema) {
    return ResponseFormat.builder()
        .type(ResponseFormatType.JSON)
        .jsonSchema(
            JsonSchema.builder()
                .name("answer")
                .rootElement(JsonRawSchema.from(schema.toString()))
                .build())
        .build();
  }
}
