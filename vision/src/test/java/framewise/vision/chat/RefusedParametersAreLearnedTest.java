package framewise.vision.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.vision.AnswerException;
import framewise.vision.ClipBackend;
import framewise.vision.Question;
import framewise.vision.RefusedParameter;
import framewise.vision.chat.stub.RecordingAskListener;
import framewise.vision.chat.stub.ServiceReply;
import framewise.vision.chat.stub.ServiceStub;
import framewise.vision.chat.stub.Services;
import framewise.vision.chat.stub.WireForm;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Seen: every question failed with {@code invalid_request}, because of one optional field. */
@Timeout(60)
class RefusedParametersAreLearnedTest extends ClipTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "LOCAL  | stream_options | /stream_options | 400 | {\"error\":{\"message\":\"Unrecognized request argument supplied: stream_options\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}",
        "OPENAI | stream_options | /stream_options | 400 | {\"error\":{\"message\":\"Unknown parameter: 'stream_options'.\",\"type\":\"invalid_request_error\",\"param\":\"stream_options\",\"code\":\"unknown_parameter\"}}",
        "LOCAL  | stream_options | /stream_options | 422 | {\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"stream_options\"],\"msg\":\"Extra inputs are not permitted\",\"input\":{}}]}",
        "LOCAL  | stream_options | /stream_options | 400 | {\"object\":\"error\",\"message\":\"[{'type': 'extra_forbidden', 'loc': ('body', 'stream_options'), 'msg': 'Extra inputs are not permitted'}]\",\"type\":\"BadRequestError\",\"param\":null,\"code\":400}",
        "LOCAL  | stream_options | /stream_options | 422 | {\"object\":\"error\",\"message\":{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"stream_options\"],\"msg\":\"Extra inputs are not permitted\"}]}}",
        "LOCAL  | stream_options | /stream_options | 200 | {\"error\":\"Unsupported parameter stream_options\"}",
        "LOCAL  | response_format | /response_format | 400 | {\"error\":{\"message\":\"This response_format type is unavailable now\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"invalid_request_error\"}}",
        "OPENAI | response_format | /response_format | 400 | {\"error\":{\"message\":\"Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}",
        "LOCAL  | response_format | /response_format | 400 | {\"error\":\"'response_format.type' must be 'text' or 'json_object'\"}",
        "LOCAL  | stream_options | /stream_options | 400 | {\"error\":{\"message\":\"Additional properties are not allowed ('stream_options' was unexpected)\"}}",
        "LOCAL  | stream_options | /stream_options | 400 | {\"error\":\"json: unknown field \\\"stream_options\\\"\"}",
        "LOCAL  | stream_options | /stream_options | 500 | {\"detail\":\"create() got an unexpected keyword argument 'stream_options'\"}",
        "LOCAL  | stream_options | /stream_options | 400 | stream_options is not a valid parameter",
        "LOCAL  | response_format | /response_format | 400 | {\"error\":{\"message\":\"json: cannot unmarshal object into Go struct field ChatCompletionRequest.response_format of type string\"}}",
        "LOCAL  | response_format | /response_format | 422 | {\"detail\":[{\"type\":\"union_tag_invalid\",\"loc\":[\"body\",\"response_format\"],\"msg\":\"Input tag 'json_schema' found using 'type' does not match any of the expected tags: 'text', 'json_object'\"}]}",
        "LOCAL  | max_tokens | /max_tokens | 400 | {\"error\":{\"message\":\"Invalid parameter: max_tokens. Use max_completion_tokens.\"}}",
        "GEMINI | response_format | /generationConfig/responseJsonSchema | 400 | {\"error\":{\"code\":400,\"message\":\"Invalid JSON payload received. Unknown name \\\"responseJsonSchema\\\" at 'generation_config': Cannot find field.\",\"status\":\"INVALID_ARGUMENT\"}}",
        "GEMINI | response_format | /generationConfig/responseMimeType | 400 | {\"error\":{\"code\":400,\"message\":\"JSON mode is not enabled for models/gemma-3-27b-it\",\"status\":\"INVALID_ARGUMENT\"}}",
        "ANTHROPIC | response_format | /output_config | 400 | {\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"output_config: Extra inputs are not permitted\"}}",
        "OPENAI | max_completion_tokens | /max_completion_tokens | 400 | {\"error\":{\"message\":\"Unrecognized request argument supplied: max_completion_tokens\",\"type\":\"invalid_request_error\"}}",
        "LOCAL  | max_tokens | /max_tokens | 400 | {\"error\":{\"message\":\"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.\",\"type\":\"invalid_request_error\",\"param\":\"max_tokens\",\"code\":\"unsupported_parameter\"}}",
        "GEMINI | maxOutputTokens | /generationConfig/maxOutputTokens | 400 | {\"error\":{\"code\":400,\"message\":\"Unknown name \\\"maxOutputTokens\\\"\",\"status\":\"INVALID_ARGUMENT\"}}",
        "LOCAL  | detail | /messages/1/content/0/image_url/detail | 400 | {\"error\":{\"message\":\"'messages.1' : property 'detail' is unsupported\",\"type\":\"invalid_request_error\"}}",
        "LOCAL  | detail | /messages/1/content/0/image_url/detail | 422 | {\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"messages\",1,\"content\",0,\"image_url\",\"detail\"],\"msg\":\"Extra inputs are not permitted\"}]}",
      })
  void laterRequestsOmitThem(
      Services service, String parameter, String place, int status, String error) throws Exception {
    WireForm form = service.form();
    ClipBackend backend = service.backend(stub);
    boolean streamed = parameter.equals("stream_options");
    String said = "{\"n\":2}";
    ServiceReply answer =
        streamed
            ? ServiceReply.events(form.events(List.of(said), "stop"))
            : ServiceReply.json(200, form.answer(said, "stop"));
    stub.says(status, error).says(answer).says(answer);

    for (int i = 0; i < 2; i++) {
      assertThat(ask(backend, everything(), 1, new RecordingAskListener(streamed)).text())
          .isEqualTo(said);
    }
    assertThat(stub.got()).hasSize(3);
    JsonNode first = stub.got().getFirst().body();
    assertThat(first.at(place).isMissingNode()).as(first.toString()).isFalse();
    for (ServiceStub.Got got : stub.got().subList(1, 3)) {
      assertThat(got.body().at(place).isMissingNode()).as(got.body().toString()).isTrue();
      assertThat(form.parts(got.body())).hasSameSizeAs(form.parts(first));
      assertThat(got.body().toString()).contains("fits this JSON Schema");
    }
    assertThat(backend.refusedParameters())
        .extracting(RefusedParameter::model, RefusedParameter::parameter)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("asked-for", parameter));
  }

  @Test
  void theOtherNameOfMaxTokensIsTried() throws Exception {
    for (Services service : List.of(Services.OPENAI, Services.LOCAL)) {
      String name = service.form().maxTokens().substring(1);
      String other = name.equals("max_tokens") ? "max_completion_tokens" : "max_tokens";
      stub.says(
          400,
          "{\"error\":{\"message\":\"Unrecognized request argument supplied: %s\"}}"
              .formatted(name));
      stub.says(200, service.form().answer("Two.", "stop"));
      ask(service, plain(), 1, new RecordingAskListener(false));
      JsonNode body = stub.got().getLast().body();
      assertThat(body.path(other).asInt()).isEqualTo(7);
      assertThat(body.has(name)).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "LOCAL  | 400 | {\"error\":{\"message\":\"System role not supported\"}}",
        "LOCAL  | 500 | {\"error\":{\"message\":\"Error rendering prompt with jinja template: System role not supported\"}}",
        "LOCAL  | 400 | {\"object\":\"error\",\"message\":\"Conversation roles must alternate user/assistant/user/assistant/...\",\"code\":400}",
        "OPENAI | 400 | {\"error\":{\"message\":\"Unsupported value: 'messages[0].role' does not support 'system' with this model.\",\"param\":\"messages[0].role\",\"code\":\"unsupported_value\"}}",
        "GEMINI | 400 | {\"error\":{\"code\":400,\"message\":\"Developer instruction is not enabled for models/gemma-3-27b-it\",\"status\":\"INVALID_ARGUMENT\"}}",
        "ANTHROPIC | 400 | {\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"system: Extra inputs are not permitted\"}}",
      })
  void theSystemPromptMovesIntoThePrompt(Services service, int status, String error)
      throws Exception {
    WireForm form = service.form();
    ClipBackend backend = service.backend(stub);
    stub.says(status, error);
    stub.says(200, form.answer("Two.", "stop")).says(200, form.answer("Three.", "stop"));
    assertThat(ask(backend, plain(), 1, new RecordingAskListener(false)).text()).isEqualTo("Two.");
    assertThat(ask(backend, plain(), 1, new RecordingAskListener(false)).text())
        .isEqualTo("Three.");
    assertThat(stub.got()).hasSize(3);
    for (ServiceStub.Got got : stub.got().subList(1, 3)) {
      assertThat(form.system(got.body())).isEmpty();
      assertThat(form.parts(got.body()))
          .containsExactly("You watch a street.", "JPEG", "How many?");
    }
    assertThat(backend.refusedParameters())
        .containsExactly(
            new RefusedParameter("asked-for", "system", "at the beginning of the prompt"));
  }

  @Test
  void severalAreLearnedForEachModel() throws Exception {
    WireForm form = Services.LOCAL.form();
    ClipBackend backend = Services.LOCAL.backend(stub);
    stub.says(
        400,
        "{\"error\":{\"message\":\"Unrecognized request argument supplied: stream_options\"}}");
    stub.says(400, "{\"error\":{\"message\":\"This response_format type is unavailable now\"}}");
    ServiceReply answer = ServiceReply.events(form.events(List.of("{\"n\":2}"), "stop"));
    stub.says(answer).says(answer);
    assertThat(ask(backend, counted(), 1, new RecordingAskListener(true)).text())
        .isEqualTo("{\"n\":2}");
    assertThat(backend.refusedParameters())
        .extracting(RefusedParameter::parameter)
        .containsExactly("stream_options", "response_format");

    Question other = Question.of("How many?").withModel("another").withOutputSchema(schema());
    ask(backend, other, 1, new RecordingAskListener(true));
    assertThat(stub.got().getLast().body().has("stream_options")).isTrue();
    assertThat(stub.got().getLast().body().has("response_format")).isTrue();
    assertThat(stub.got()).hasSize(4);
  }

  @Test
  void serversWithoutStreamingAreListed() throws Exception {
    WireForm form = Services.LOCAL.form();
    ClipBackend backend = Services.LOCAL.backend(stub);
    stub.says(400, form.error(400, "Streaming is not supported by this model"));
    stub.says(200, form.answer("Two.", "stop"));
    ask(backend, Question.of("?"), 1, new RecordingAskListener(true));
    assertThat(backend.refusedParameters())
        .containsExactly(new RefusedParameter("asked-for", "stream", "answers without streaming"));
  }

  @Test
  void unsupportedSchemasAreDroppedAlone() throws Exception {
    ClipBackend backend = Services.OPENAI.backend(stub);
    WireForm form = Services.OPENAI.form();
    stub.says(
        400,
        "{\"error\":{\"message\":\"Invalid schema for response_format 'answer': In context=(), 'additionalProperties' is required to be supplied and to be false.\",\"type\":\"invalid_request_error\",\"param\":\"response_format\",\"code\":null}}");
    stub.says(200, form.answer("{\"n\":2}", "stop"));
    stub.says(200, form.answer("[]", "stop"));
    ask(backend, counted(), 1, new RecordingAskListener(false));
    Question other =
        Question.of("Which?").withOutputSchema(WireForm.JSON.readTree("{\"type\":\"array\"}"));
    ask(backend, other, 1, new RecordingAskListener(false));
    assertThat(stub.got()).hasSize(3);
    assertThat(stub.got().get(1).body().has("response_format")).isFalse();
    assertThat(stub.got().get(2).body().has("response_format")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "400 | invalid_request | max_tokens is too large: 7. This model supports at most 5 completion tokens",
        "400 | invalid_request | This model's maximum context length is 5 tokens. However, you requested 7 max_tokens",
        "400 | invalid_request | Invalid parameter max_tokens: it must be at most 5",
        "400 | invalid_request | Unsupported value: max_tokens must be less than 5",
        "400 | invalid_request | Invalid image: unsupported format",
        "400 | invalid_request | temperature is not supported",
        "429 | rate_limited | stream_options are not supported so often",
        "401 | unauthorized | response_format is not allowed for this key",
      })
  void otherErrorsAreNotRetried(int status, String code, String message) {
    ClipBackend backend = Services.LOCAL.backend(stub);
    stub.says(status, Services.LOCAL.form().error(status, message));
    assertThatThrownBy(() -> ask(backend, everything(), 1, new RecordingAskListener(true)))
        .isInstanceOfSatisfying(AnswerException.class, e -> assertThat(e.code()).isEqualTo(code));
    assertThat(stub.got()).hasSize(1);
    assertThat(backend.refusedParameters()).isEmpty();
  }

  @Test
  void uselessRemovalsAreNotRemembered() throws Exception {
    ClipBackend backend = Services.LOCAL.backend(stub);
    String error = Services.LOCAL.form().error(400, "Unknown parameter: 'stream_options'");
    stub.says(400, error).says(400, error);
    assertThatThrownBy(() -> ask(backend, Question.of("?"), 1, new RecordingAskListener(true)))
        .isInstanceOfSatisfying(
            AnswerException.class, e -> assertThat(e.code()).isEqualTo("invalid_request"));
    assertThat(stub.got()).hasSize(2);
    assertThat(backend.refusedParameters()).isEmpty();
  }

  private static Question plain() {
    return Question.of("How many?").withSystem("You watch a street.").withMaxOutputTokens(7);
  }

  /** A question that asks to read, so that OpenAI's servers get the detail parameter. */
  private static Question everything() throws Exception {
    return Question.of("Read the sign")
        .withSystem("You watch a street.")
        .withOutputSchema(schema())
        .withMaxOutputTokens(7);
  }
}
