package framewise.vision.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.vision.ClipBackend;
import framewise.vision.Question;
import framewise.vision.Reasoning;
import framewise.vision.RefusedParameter;
import framewise.vision.chat.stub.RecordingAskListener;
import framewise.vision.chat.stub.ServiceReply;
import framewise.vision.chat.stub.ServiceStub;
import framewise.vision.chat.stub.Services;
import framewise.vision.chat.stub.WireForm;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class ReasoningIsAskedForInItsOwnFormTest extends ClipTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "OPENAI    | asked-for         | OFF    | /reasoning_effort | \"none\"",
        "OPENAI    | asked-for         | LOW    | /reasoning_effort | \"low\"",
        "OPENAI    | asked-for         | MEDIUM | /reasoning_effort | \"medium\"",
        "OVERSHOOT | asked-for         | HIGH   | /reasoning_effort | \"high\"",
        "LOCAL     | asked-for         | OFF    | /reasoning_effort | \"none\"",
        "LOCAL     | asked-for         | OFF    | /chat_template_kwargs | {\"enable_thinking\":false}",
        "LOCAL     | asked-for         | HIGH   | /chat_template_kwargs | {\"enable_thinking\":true}",
        "ANTHROPIC | asked-for         | OFF    | /thinking | {\"type\":\"disabled\"}",
        "ANTHROPIC | asked-for         | LOW    | /thinking | {\"type\":\"enabled\",\"budget_tokens\":2048}",
        "ANTHROPIC | asked-for         | HIGH   | /thinking | {\"type\":\"enabled\",\"budget_tokens\":16384}",
        "GEMINI    | gemini-2.5-flash  | OFF    | /generationConfig/thinkingConfig | {\"thinkingBudget\":0}",
        "GEMINI    | gemini-2.5-flash  | MEDIUM | /generationConfig/thinkingConfig | {\"thinkingBudget\":8192}",
        "GEMINI    | gemini-3-flash    | OFF    | /generationConfig/thinkingConfig | {\"thinkingLevel\":\"minimal\"}",
        "GEMINI    | gemini-3.1-pro    | HIGH   | /generationConfig/thinkingConfig | {\"thinkingLevel\":\"high\"}",
      })
  void theRequestedAmount(
      Services service, String model, Reasoning reasoning, String place, String value)
      throws Exception {
    for (boolean streamed : new boolean[] {false, true}) {
      WireForm form = service.form();
      stub.says(
          streamed
              ? ServiceReply.events(form.events(java.util.List.of("Two", "."), "stop"))
              : ServiceReply.json(200, form.answer("Two.", "stop")));
      ask(service, question(model, reasoning), 1, new RecordingAskListener(streamed));
      JsonNode body = stub.got().getLast().body();
      assertThat(body.at(place)).isEqualTo(WireForm.JSON.readTree(value));
      assertThat(body.at(form.maxTokens()).asInt())
          .as("thoughts have room beside the answer")
          .isEqualTo(7 + reasoning.tokens());
    }
  }

  @ParameterizedTest
  @EnumSource
  void theDefaultSendsNothing(Services service) throws Exception {
    stub.says(200, service.form().answer("Two.", "stop"));
    ask(service, Question.of("?"), 1, new RecordingAskListener(false));
    assertThat(stub.got().getLast().body().toString())
        .doesNotContain("reasoning", "hinking", "chat_template");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "OPENAI | OFF | {\"error\":{\"message\":\"Unsupported value: 'reasoning_effort' does not support 'none' with this model. Supported values are: 'minimal', 'low', 'medium', and 'high'.\",\"param\":\"reasoning_effort\",\"code\":\"unsupported_value\"}} | /reasoning_effort | \"minimal\" | none is sent as minimal",
        "LOCAL | OFF | {\"detail\":[{\"type\":\"literal_error\",\"loc\":[\"body\",\"reasoning_effort\"],\"msg\":\"Input should be 'minimal', 'low', 'medium' or 'high'\"}]} | /reasoning_effort | \"minimal\" | none is sent as minimal",
        "ANTHROPIC | MEDIUM | {\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"\\\"thinking.type.enabled\\\" is not supported for this model. Use \\\"thinking.type.adaptive\\\" and \\\"output_config.effort\\\" to control thinking behavior.\"}} | /thinking/type | \"adaptive\" | sent as adaptive thinking with an effort",
        "ANTHROPIC | MEDIUM | {\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"\\\"thinking.type.enabled\\\" is not supported for this model. Use \\\"thinking.type.adaptive\\\".\"}} | /output_config/effort | \"medium\" | sent as adaptive thinking with an effort",
        "GEMINI | OFF | {\"error\":{\"code\":400,\"message\":\"Budget 0 is invalid. This model only works in thinking mode.\",\"status\":\"INVALID_ARGUMENT\"}} | /generationConfig/thinkingConfig/thinkingBudget | 128 | 0 is sent as 128",
        "LOCAL | LOW | {\"error\":{\"message\":\"\\\"asked-for\\\" does not support thinking\"}} | /reasoning_effort | | left out",
        "OPENAI | HIGH | {\"error\":{\"message\":\"Unrecognized request argument supplied: reasoning_effort\"}} | /reasoning_effort | | left out",
        "GEMINI | LOW | {\"error\":{\"code\":400,\"message\":\"Thinking is not enabled for models/gemma-3\",\"status\":\"INVALID_ARGUMENT\"}} | /generationConfig/thinkingConfig | | left out",
        "ANTHROPIC | LOW | {\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"'asked-for' does not support thinking.\"}} | /thinking | | left out",
      })
  void unsupportedAmountsUseTheNearest(
      Services service,
      Reasoning reasoning,
      String error,
      String place,
      String value,
      String instead)
      throws Exception {
    ClipBackend backend = service.backend(stub);
    stub.expects(service.form()).says(400, error);
    stub.says(200, service.form().answer("Two.", "stop"));
    stub.says(200, service.form().answer("Two.", "stop"));
    for (int i = 0; i < 2; i++) {
      assertThat(
              ask(backend, question("asked-for", reasoning), 1, new RecordingAskListener(false))
                  .text())
          .isEqualTo("Two.");
    }
    assertThat(stub.got()).hasSize(3);
    for (ServiceStub.Got got : stub.got().subList(1, 3)) {
      assertThat(got.body().at(place))
          .isEqualTo(value == null ? WireForm.object().at("/x") : WireForm.JSON.readTree(value));
    }
    assertThat(backend.refusedParameters())
        .containsExactly(new RefusedParameter("asked-for", "reasoning", instead));
  }

  private static Question question(String model, Reasoning reasoning) {
    return Question.of("How many?")
        .withModel(model)
        .withMaxOutputTokens(7)
        .withReasoning(reasoning);
  }
}
