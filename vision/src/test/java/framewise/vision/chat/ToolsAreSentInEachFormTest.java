package framewise.vision.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.vision.Answer;
import framewise.vision.AnswerException;
import framewise.vision.AskListener;
import framewise.vision.FinishReason;
import framewise.vision.Question;
import framewise.vision.chat.stub.ServiceReply;
import framewise.vision.chat.stub.Services;
import framewise.vision.chat.stub.WireForm;
import framewise.vision.tool.Tool;
import framewise.vision.tool.ToolCall;
import framewise.vision.tool.ToolChoice;
import framewise.vision.tool.ToolTurn;
import framewise.vision.tool.ToolUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Variants of requests with tools. The whole loop with real clients is tested end to end in the
 * module e2e.
 */
@Timeout(60)
class ToolsAreSentInEachFormTest extends ClipTest {
  private static final String CALLS =
      """
      {"choices":[{"message":{"role":"assistant","content":%s,"tool_calls":[%s]},"finish_reason":"%s"}],
       "usage":{"prompt_tokens":10,"completion_tokens":5}}\
      """;

  @ParameterizedTest
  @CsvSource({
    "LOCAL, AUTO, /tool_choice, \"auto\"",
    "LOCAL, NONE, /tool_choice, \"none\"",
    "LOCAL, REQUIRED, /tool_choice, \"required\"",
    "ANTHROPIC, AUTO, /tool_choice/type, \"auto\"",
    "ANTHROPIC, NONE, /tool_choice, '{\"type\":\"none\"}'",
    "ANTHROPIC, REQUIRED, /tool_choice/type, \"any\"",
    "GEMINI, AUTO, /toolConfig/functionCallingConfig/mode, \"AUTO\"",
    "GEMINI, NONE, /toolConfig/functionCallingConfig/mode, \"NONE\"",
    "GEMINI, REQUIRED, /toolConfig/functionCallingConfig/mode, \"ANY\""
  })
  void theToolChoice(Services service, ToolChoice.ToolMode mode, String place, String expected)
      throws Exception {
    stub.says(200, service.form().answer("No need.", "stop"));
    Answer answer =
        ask(service, with(use(Optional.of(ToolChoice.of(mode)), List.of())), 1, AskListener.NONE);
    assertThat(answer.text()).isEqualTo("No need.");
    assertThat(answer.calls()).isEmpty();
    JsonNode body = stub.got().getFirst().body();
    assertThat(body.at(place)).isEqualTo(WireForm.JSON.readTree(expected));
    boolean may = mode != ToolChoice.ToolMode.NONE;
    assertThat(body.at("/tool_choice/disable_parallel_tool_use").asBoolean())
        .isEqualTo(service == Services.ANTHROPIC && may);
    assertThat(body.has("parallel_tool_calls")).isEqualTo(service == Services.LOCAL);
  }

  @ParameterizedTest
  @CsvSource({
    "LOCAL, /tool_choice/function/name",
    "ANTHROPIC, /tool_choice/name",
    "GEMINI, /toolConfig/functionCallingConfig/allowedFunctionNames/0"
  })
  void aRequiredTool(Services service, String place) throws Exception {
    stub.says(200, service.form().answer("No.", "stop"));
    var only = new ToolChoice(ToolChoice.ToolMode.REQUIRED, Optional.of("look"));
    ask(service, with(use(Optional.of(only), List.of())), 1, AskListener.NONE);
    assertThat(stub.got().getFirst().body().at(place).asText()).isEqualTo("look");
  }

  @ParameterizedTest
  @EnumSource
  void theConversationContinuesAfterOutputs(Services service) throws Exception {
    stub.says(200, service.form().answer("Two.", "stop"));
    List<ToolTurn> turns =
        List.of(
            new ToolTurn.Calls("Let me look.", List.of(new ToolCall("c1", "look", "not JSON"))),
            new ToolTurn.Output("c1", "look", "[1, 2]"),
            new ToolTurn.TextTurn(false, "I see two."),
            new ToolTurn.TextTurn(true, "Sure?"));
    assertThat(ask(service, with(use(Optional.empty(), turns)), 1, AskListener.NONE).text())
        .isEqualTo("Two.");
    String body = stub.got().getFirst().body().toString();
    assertThat(body)
        .containsSubsequence(
            "Who is there?", "Let me look.", "not JSON", "[1, 2]", "I see two.", "Sure?");
  }

  @ParameterizedTest
  @EnumSource(names = {"LOCAL", "GEMINI", "ANTHROPIC"})
  void invalidStructuredAnswersAreCorrectedAfterOutputs(Services service) throws Exception {
    stub.says(200, service.form().answer("Three.", "stop"));
    stub.says(200, service.form().answer("{\"n\": 3}", "stop"));
    List<ToolTurn> turns =
        List.of(
            new ToolTurn.Calls("", List.of(new ToolCall("c1", "look", "{}"))),
            new ToolTurn.Output("c1", "look", "some output"));
    Question question = counted().withTools(Optional.of(use(Optional.empty(), turns)));
    assertThat(ask(service, question, 1, AskListener.NONE).text()).isEqualTo("{\"n\":3}");
    assertThat(stub.got().getLast().body().toString())
        .containsSubsequence("some output", "Three.", "Answer again");
  }

  @Test
  void callsInFormatsOfGateways() throws Exception {
    String noId = "{\"function\":{\"name\":\"look\",\"arguments\":{\"at\":1}}}";
    String none = "{\"id\":\"c2\",\"function\":{\"name\":\"now\"}}";
    stub.says(200, CALLS.formatted("\"Let me look.\"", noId + "," + none, "stop"));
    Answer answer =
        ask(Services.LOCAL, with(use(Optional.empty(), List.of())), 1, AskListener.NONE);
    assertThat(answer.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
    assertThat(answer.text()).isEqualTo("Let me look.");
    assertThat(answer.calls())
        .extracting(ToolCall::shown)
        .containsExactly("look({\"at\":1})", "now({})");
    assertThat(answer.calls().getFirst().id()).startsWith("call_");
  }

  @Test
  void streamedCallsWithTheSameIndex() throws Exception {
    String event =
        """
        data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"%s","function":{"name":"%s","arguments":"{}"}}]}}]}

        """;
    stub.says(
        ServiceReply.events(
            List.of(
                event.formatted("a", "look"),
                event.formatted("b", "now"),
                "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"tool_calls\"}]}\n\n",
                "data: [DONE]\n\n")));
    List<Integer> heard = new ArrayList<>();
    Answer answer =
        ask(
            Services.LOCAL,
            with(use(Optional.empty(), List.of())),
            1,
            new AskListener() {
              @Override
              public boolean wantsPartial() {
                return true;
              }

              @Override
              public void calling(List<ToolCall> calls) {
                heard.add(calls.size());
              }
            });
    assertThat(answer.calls()).extracting(ToolCall::id).containsExactly("a", "b");
    assertThat(heard).containsExactly(1, 2);
  }

  @Test
  void unexpectedAndTruncatedCallsFail() throws Exception {
    String cut = "{\"id\":\"c\",\"function\":{\"name\":\"look\",\"arguments\":\"{\\\"a\"}}";
    stub.says(200, CALLS.formatted("null", cut, "length"));
    Answer answer =
        ask(Services.LOCAL, with(use(Optional.empty(), List.of())), 1, AskListener.NONE);
    assertThat(answer.finishReason()).isEqualTo(FinishReason.LENGTH);
    assertThat(answer.calls().getFirst().arguments()).isEqualTo("{\"a");
    stub.says(200, CALLS.formatted("null", cut, "tool_calls"));
    assertThatThrownBy(() -> ask(Services.LOCAL, Question.of("Who?"), 1, AskListener.NONE))
        .isInstanceOfSatisfying(
            AnswerException.class, e -> assertThat(e.code()).isEqualTo("empty_answer"));
  }

  @Test
  void aServerWithoutToolsFails() {
    stub.says(400, "{\"error\":{\"message\":\"llava does not support tools\"}}");
    assertThatThrownBy(
            () -> ask(Services.LOCAL, with(use(Optional.empty(), List.of())), 1, AskListener.NONE))
        .isInstanceOfSatisfying(
            AnswerException.class,
            e -> assertThat(e.getMessage()).contains("llava does not support tools"));
    assertThat(stub.got()).hasSize(1);
  }

  private static Question with(ToolUse use) {
    return Question.of("Who is there?").withTools(Optional.of(use));
  }

  private static ToolUse use(Optional<ToolChoice> choice, List<ToolTurn> turns) {
    var look = new Tool("look", Optional.of("Looks"), Optional.empty(), Optional.of(false));
    return new ToolUse(List.of(look), choice, Optional.of(false), turns);
  }
}
