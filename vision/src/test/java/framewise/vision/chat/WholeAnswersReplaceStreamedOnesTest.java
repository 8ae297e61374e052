package framewise.vision.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import framewise.vision.Answer;
import framewise.vision.AnswerException;
import framewise.vision.ClipBackend;
import framewise.vision.Question;
import framewise.vision.Usage;
import framewise.vision.chat.stub.RecordingAskListener;
import framewise.vision.chat.stub.ServiceReply;
import framewise.vision.chat.stub.Services;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * Simple gateways and home-made servers send a whole answer even if a streamed one is requested.
 */
@Timeout(60)
class WholeAnswersReplaceStreamedOnesTest extends ClipTest {
  @ParameterizedTest
  @EnumSource
  void theWholeAnswerReplacesItsParts(Services service) throws Exception {
    stub.says(200, service.form().answer("A red car.", "max"));
    stub.says(200, service.form().answer("A blue car.", "stop"));
    ClipBackend backend = service.backend(stub);
    Answer first = ask(backend, Question.of("?"), 1, new RecordingAskListener(true));
    assertThat(first.text()).isEqualTo("A red car.");
    assertThat(first.usage()).contains(new Usage(10, 5));
    assertThat(stub.got()).hasSize(1);

    assertThat(ask(backend, Question.of("?"), 1, new RecordingAskListener(true)).text())
        .isEqualTo("A blue car.");
    assertThat(stub.got()).hasSize(2);
    assertThat(stub.got().getLast().path()).isEqualTo(service.form().path("asked-for", false));
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.INCLUDE,
      names = {"OPENAI", "LOCAL", "OVERSHOOT"})
  void serversWithoutStreamingSendWholeAnswers(Services service) throws Exception {
    stub.says(400, service.form().error(400, "Streaming is not supported by this model"));
    stub.says(200, service.form().answer("A red car.", "stop"));
    stub.says(200, service.form().answer("A blue car.", "stop"));
    ClipBackend backend = service.backend(stub);
    assertThat(ask(backend, Question.of("?"), 1, new RecordingAskListener(true)).text())
        .isEqualTo("A red car.");
    assertThat(ask(backend, Question.of("?"), 1, new RecordingAskListener(true)).text())
        .isEqualTo("A blue car.");
    assertThat(stub.got()).hasSize(3);
    assertThat(stub.got().get(1).body().path("stream").asBoolean()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void itsErrorsAreReported(Services service) throws Exception {
    stub.says(200, service.form().error(500, "no capacity"));
    assertThatThrownBy(() -> ask(service, Question.of("?"), 1, new RecordingAskListener(true)))
        .isInstanceOfSatisfying(
            AnswerException.class, e -> assertThat(e.code()).isEqualTo("service_failed"));
    assertThat(stub.got()).hasSize(1);
    stub.says(ServiceReply.events(service.form().events(List.of("A ", "car."), "stop")));
    var heard = new RecordingAskListener(true);
    assertThat(ask(service, Question.of("?"), 1, heard).text()).isEqualTo("A car.");
    assertThat(heard.partials).isNotEmpty();
  }
}
