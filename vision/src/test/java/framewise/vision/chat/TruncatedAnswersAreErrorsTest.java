package framewise.vision.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.vision.AnswerException;
import framewise.vision.Question;
import framewise.vision.chat.stub.RecordingAskListener;
import framewise.vision.chat.stub.ServiceReply;
import framewise.vision.chat.stub.Services;
import framewise.vision.chat.stub.WireForm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Text arrived, and then the service reported an error or an incomplete answer. */
@Timeout(60)
class TruncatedAnswersAreErrorsTest extends ClipTest {
  @ParameterizedTest
  @EnumSource(
      mode = Mode.INCLUDE,
      names = {"OPENAI", "LOCAL", "OVERSHOOT"})
  void withAnErrorInTheChoice(Services service) throws Exception {
    stub.says(200, broken(service.form().answer("A red", "stop")));
    failsWith(service, false, "service_failed", "Provider disconnected");

    List<String> events = new ArrayList<>(service.form().events(List.of("A ", "red "), "stop"));
    events.replaceAll(
        event ->
            event.contains("\"finish_reason\":\"stop\"")
                ? "data: " + broken(event.substring(6)) + "\n\n"
                : event);
    stub.says(ServiceReply.events(events));
    failsWith(service, true, "service_failed", "Provider disconnected");
  }

  @ParameterizedTest
  @CsvSource({
    "OTHER, service_failed",
    "MALFORMED_FUNCTION_CALL, service_failed",
    "MALFORMED_RESPONSE, service_failed",
    "A_REASON_OF_TOMORROW, service_failed",
    "LANGUAGE, content_filter",
    "IMAGE_RECITATION, content_filter",
    "SAFETY, content_filter",
  })
  void withAFinishReasonOfGemini(String reason, String code) {
    WireForm form = Services.GEMINI.form();
    stub.says(200, form.answer("I am sor", "stop").replace("\"STOP\"", quoted(reason)));
    failsWith(Services.GEMINI, false, code, reason);
    stub.says(
        ServiceReply.events(
            form.events(List.of("I am ", "sor"), "stop").stream()
                .map(event -> event.replace("\"STOP\"", quoted(reason)))
                .toList()));
    failsWith(Services.GEMINI, true, code, reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"detail\":\"Not authenticated\"}         | Not authenticated",
        "{\"message\":\"model is loading\"}         | model is loading",
        "{\"candidates\":null,\"choices\":null}     | its answer cannot be read",
        "{\"choices\":[{\"message\":7}]}            | its answer cannot be read",
        "[]                                         | its answer cannot be read",
        "Just a sentence.                           | Just a sentence.",
      })
  void withTheServicesOwnMessage(String body, String words) {
    for (Services service : Services.values()) {
      stub.says(200, body);
      failsWith(service, false, "unreadable_answer", words);
    }
  }

  private void failsWith(Services service, boolean streamed, String code, String words) {
    assertThatThrownBy(() -> ask(service, Question.of("?"), 1, new RecordingAskListener(streamed)))
        .isInstanceOfSatisfying(
            AnswerException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.getMessage())
                  .contains(words)
                  .doesNotContain("Exception")
                  .doesNotContain("jackson")
                  .doesNotContain("because");
            });
  }

  private static String broken(String answer) {
    try {
      JsonNode json = WireForm.JSON.readTree(answer);
      ObjectNode choice = (ObjectNode) json.at("/choices/0");
      choice.put("finish_reason", "error");
      choice.putObject("error").put("code", 502).put("message", "Provider disconnected");
      return json.toString();
    } catch (JsonProcessingException e) {
      throw new AssertionError(answer, e);
    }
  }

  private static String quoted(String word) {
    return '"' + word + '"';
  }
}
