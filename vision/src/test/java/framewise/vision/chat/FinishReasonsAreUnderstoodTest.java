package framewise.vision.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import framewise.vision.AnswerException;
import framewise.vision.FinishReason;
import framewise.vision.Question;
import framewise.vision.chat.stub.RecordingAskListener;
import framewise.vision.chat.stub.ServiceReply;
import framewise.vision.chat.stub.Services;
import framewise.vision.chat.stub.WireForm;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Seen: Gemini's events with {@code "finishReason": null} failed with "it ended with null". */
@Timeout(60)
class FinishReasonsAreUnderstoodTest extends ClipTest {
  @ParameterizedTest
  @ValueSource(strings = {"null", "\"\"", "\"null\"", "\"None\""})
  void missingMeansUnfinished(String none) throws Exception {
    stub.says(ServiceReply.events(geminiWith("\"finishReason\":" + none)));
    var heard = new RecordingAskListener(true);
    assertThat(ask(Services.GEMINI, Question.of("?"), 1, heard).text()).isEqualTo("A red car.");
    assertThat(heard.partials).containsExactly("A ", "A red ", "A red car.");

    List<String> events = Services.OPENAI.form().events(List.of("A ", "red ", "car."), "stop");
    stub.says(
        ServiceReply.events(
            events.stream()
                .map(e -> e.replace("\"finish_reason\":null", "\"finish_reason\":" + none))
                .toList()));
    assertThat(ask(Services.OPENAI, Question.of("?"), 1, new RecordingAskListener(true)).text())
        .isEqualTo("A red car.");

    stub.says(
        ServiceReply.events(
            events.stream()
                .map(
                    e ->
                        e.replaceAll(
                            "\"finish_reason\":(null|\"stop\")", "\"finish_reason\":" + none))
                .toList()));
    assertThat(ask(Services.OPENAI, Question.of("?"), 1, new RecordingAskListener(true)).text())
        .as("its end is marked by [DONE] alone")
        .isEqualTo("A red car.");

    stub.says(ServiceReply.events(geminiWith("\"finishReason\":" + none).subList(0, 2)));
    assertThatThrownBy(
            () -> ask(Services.GEMINI, Question.of("?"), 1, new RecordingAskListener(true)))
        .isInstanceOfSatisfying(
            AnswerException.class, e -> assertThat(e.code()).isEqualTo("service_failed"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"\"", "\"None\"", "absent"})
  void completeAnswersNeedNone(String none) throws Exception {
    for (Services service : Services.ofEachWire()) {
      String answer = service.form().answer("A red car.", "stop");
      String finish = "\"(finish_reason|finishReason|stop_reason)\":\"\\w+\"";
      stub.says(
          200,
          none.equals("absent")
              ? answer.replaceAll(finish, "\"x\":1")
              : answer.replaceAll(finish, "\"$1\":" + none));
      var said = ask(service, Question.of("?"), 1, new RecordingAskListener(false));
      assertThat(said.text()).isEqualTo("A red car.");
      assertThat(said.finishReason()).isEqualTo(FinishReason.STOP);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "stop, STOP",
    "eos, STOP",
    "stop_sequence, STOP",
    "tool_calls, STOP",
    "a_reason_of_tomorrow, STOP",
    "length, LENGTH",
    "max_tokens, LENGTH",
    "MAX_TOKENS, LENGTH",
    "model_length, LENGTH",
    "max_output_tokens, LENGTH",
  })
  void ofManyServers(String word, FinishReason reason) throws Exception {
    WireForm form = Services.LOCAL.form();
    String finish = "\"finish_reason\":\"" + word + "\"";
    stub.says(200, form.answer("A car.", "stop").replace("\"finish_reason\":\"stop\"", finish));
    assertThat(
            ask(Services.LOCAL, Question.of("?"), 1, new RecordingAskListener(false))
                .finishReason())
        .isEqualTo(reason);
    stub.says(
        ServiceReply.events(
            form.events(List.of("A ", "car."), "stop").stream()
                .map(e -> e.replace("\"finish_reason\":\"stop\"", finish))
                .toList()));
    assertThat(
            ask(Services.LOCAL, Question.of("?"), 1, new RecordingAskListener(true)).finishReason())
        .isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "content_filter, content_filter",
    "SAFETY, content_filter",
    "sensitive, content_filter",
    "error, service_failed",
    "abort, service_failed",
    "network_error, service_failed",
    "insufficient_system_resource, service_failed",
  })
  void includingFailures(String word, String code) {
    WireForm form = Services.LOCAL.form();
    String finish = "\"finish_reason\":\"" + word + "\"";
    for (boolean streamed : new boolean[] {true, false}) {
      stub.says(
          streamed
              ? ServiceReply.events(
                  form.events(List.of("A ", "car."), "stop").stream()
                      .map(e -> e.replace("\"finish_reason\":\"stop\"", finish))
                      .toList())
              : ServiceReply.json(
                  200,
                  form.answer("A car.", "stop").replace("\"finish_reason\":\"stop\"", finish)));
      assertThatThrownBy(
              () -> ask(Services.LOCAL, Question.of("?"), 1, new RecordingAskListener(streamed)))
          .isInstanceOfSatisfying(AnswerException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
  }

  /** Gemini's events with this text added to each candidate that has no finish reason. */
  private static List<String> geminiWith(String more) {
    return Services.GEMINI.form().events(List.of("A ", "red ", "car."), "stop").stream()
        .map(
            e ->
                e.contains("finishReason")
                    ? e
                    : e.replace("\"candidates\":[{", "\"candidates\":[{" + more + ","))
        .toList();
  }
}
