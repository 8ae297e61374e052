package framewise.vision.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.vision.Answer;
import framewise.vision.AnswerException;
import framewise.vision.AnswerText;
import framewise.vision.FinishReason;
import framewise.vision.Question;
import framewise.vision.Usage;
import framewise.vision.chat.stub.RecordingAskListener;
import framewise.vision.chat.stub.ServiceReply;
import framewise.vision.chat.stub.Services;
import framewise.vision.chat.stub.WireForm;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Seen: one impossible number of tokens made every later answer of the day fail, four replies with
 * many empty lists filled the memory, and answers of 7 MB were stored completely.
 */
@Timeout(60)
class HostileRepliesAreBoundedTest extends ClipTest {
  private static final String LONG = "word ".repeat(AnswerText.MAX_LENGTH / 5 + 100);
  private static final List<String> IMPOSSIBLE =
      List.of("9223372036854775807", "10000001", "-5", "1e300", "99999999999999999999");

  @ParameterizedTest
  @EnumSource
  void impossibleTokenCountsAreNotReported(Services service) throws Exception {
    for (String count : IMPOSSIBLE) {
      ObjectNode answer =
          (ObjectNode) WireForm.JSON.readTree(service.form().answer("Red.", "stop"));
      JsonNode number = WireForm.JSON.readTree(count);
      for (String name : List.of("usage", "usageMetadata")) {
        if (answer.path(name) instanceof ObjectNode usage) {
          usage.fieldNames().forEachRemaining(field -> usage.set(field, number));
        }
      }
      stub.says(200, answer.toString());
      Answer said = ask(service, Question.of("?"), 1, new RecordingAskListener(false));
      assertThat(said.text()).isEqualTo("Red.");
      assertThat(said.usage()).as(count).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void possibleTokenCountsAreReported(Services service) throws Exception {
    stub.says(200, service.form().answer("Red.", "stop"));
    assertThat(ask(service, Question.of("?"), 1, new RecordingAskListener(false)).usage())
        .contains(new Usage(10, 5));
  }

  @ParameterizedTest
  @EnumSource
  void tooManyPartsAreRefused(Services service) {
    String lists = "[" + String.join(",", Collections.nCopies(100_000, "[]")) + "]";
    String answer = service.form().answer("Red.", "stop");
    String hostile = "{\"x\":" + lists + "," + answer.substring(1);
    stub.says(200, hostile);
    fails(service, false, "unreadable_answer", "its JSON has more than 100,000 parts");
    stub.expects(service.form()).says(ServiceReply.events(List.of("data: " + hostile + "\n\n")));
    fails(service, true, "unreadable_answer", "its JSON has more than 100,000 parts");
    stub.says(500, hostile);
    fails(service, false, "service_failed", "");
    stub.says(200, "{\"x\":" + "[".repeat(1_000) + "]".repeat(1_000) + "," + answer.substring(1));
    fails(service, false, "unreadable_answer", "200 levels");
  }

  @ParameterizedTest
  @EnumSource
  void repliesAboveFourMegabytesAreRefused(Services service) {
    String answer = service.form().answer("Red.", "stop");
    stub.says(200, "{\"x\":\"" + "y".repeat(4 << 20) + "\"," + answer.substring(1));
    fails(service, false, "service_failed", "longer than 4,194,304 bytes");
    String event = "data: {\"x\":\"" + "y".repeat(1 << 20) + "\"}\n\n";
    stub.expects(service.form()).says(ServiceReply.events(List.of(event)));
    fails(service, true, "service_failed", "longer than 1,048,576 characters");
  }

  @ParameterizedTest
  @EnumSource
  void aLongAnswerIsCut(Services service) throws Exception {
    stub.says(200, service.form().answer(LONG, "stop"));
    Answer whole = ask(service, Question.of("?"), 1, new RecordingAskListener(false));
    assertThat(whole.text()).isEqualTo(LONG.substring(0, AnswerText.MAX_LENGTH));
    assertThat(whole.finishReason()).isEqualTo(FinishReason.LENGTH);

    List<String> pieces = Collections.nCopies(20, LONG);
    stub.expects(service.form()).says(ServiceReply.events(service.form().events(pieces, "stop")));
    var heard = new RecordingAskListener(true);
    Answer streamed = ask(service, Question.of("?"), 1, heard);
    assertThat(streamed.text()).isEqualTo(LONG.substring(0, AnswerText.MAX_LENGTH));
    assertThat(streamed.finishReason()).isEqualTo(FinishReason.LENGTH);
    assertThat(heard.partials)
        .isNotEmpty()
        .allMatch(partial -> partial.length() <= AnswerText.MAX_LENGTH);
  }

  @ParameterizedTest
  @EnumSource
  void aLongAnswerInASchemaFails(Services service) throws Exception {
    stub.says(200, service.form().answer("{\"n\":1," + " ".repeat(1 << 16) + "}", "stop"));
    assertThatThrownBy(() -> ask(service, counted(), 1, new RecordingAskListener(false)))
        .isInstanceOfSatisfying(
            AnswerException.class,
            e -> {
              assertThat(e.code()).isEqualTo("too_long");
              assertThat(e.getMessage()).contains("longer than 65,536 characters");
            });
    assertThat(stub.got()).hasSize(1);
  }

  private void fails(Services service, boolean streamed, String code, String said) {
    assertThatThrownBy(() -> ask(service, Question.of("?"), 1, new RecordingAskListener(streamed)))
        .isInstanceOfSatisfying(
            AnswerException.class,
            e -> {
              assertThat(e.code()).as(e.toString()).isEqualTo(code);
              assertThat(e.getMessage()).contains(said).hasSizeLessThan(700);
            });
  }
}
