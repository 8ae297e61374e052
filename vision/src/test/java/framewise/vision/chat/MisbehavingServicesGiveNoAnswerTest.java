package framewise.vision.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import framewise.vision.AnswerException;
import framewise.vision.ClipBackend;
import framewise.vision.Question;
import framewise.vision.Usage;
import framewise.vision.chat.stub.RecordingAskListener;
import framewise.vision.chat.stub.ServiceFault;
import framewise.vision.chat.stub.Services;
import java.net.URI;
import java.time.Duration;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests each service with each misbehaviour, with whole and streamed answers. */
@Timeout(60)
class MisbehavingServicesGiveNoAnswerTest extends ClipTest {
  static Stream<Arguments> everything() {
    return Stream.of(Services.values())
        .flatMap(
            service ->
                Stream.of(ServiceFault.values())
                    .flatMap(
                        wrong ->
                            Stream.of(true, false)
                                .map(streamed -> Arguments.of(service, wrong, streamed))));
  }

  @ParameterizedTest(name = "{0} {1} streamed {2}")
  @MethodSource("everything")
  void errorsHaveTheirCodeAndAreNotRetried(Services service, ServiceFault wrong, boolean streamed) {
    stub.expects(service.form()).says(wrong.reply(service.form(), streamed));
    Duration timeout = wrong.isSlow() ? Duration.ofMillis(700) : Duration.ofSeconds(20);
    ClipBackend backend = service.backend(stub, timeout);
    fails(
        () -> ask(backend, Question.of("?"), 1, new RecordingAskListener(streamed)),
        wrong.code(streamed));
    assertThat(stub.got()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void connectionRefused(Services service) {
    ClipBackend backend =
        service.backend(URI.create("http://127.0.0.1:9/v1"), Duration.ofSeconds(20));
    for (boolean streamed : new boolean[] {true, false}) {
      fails(
          () -> ask(backend, Question.of("?"), 1, new RecordingAskListener(streamed)),
          "unreachable");
    }
  }

  @ParameterizedTest
  @EnumSource
  void tokensOfRefusedAnswersAreReported(Services service) {
    stub.says(200, service.form().blocked());
    assertThatThrownBy(() -> ask(service, Question.of("?"), 1, new RecordingAskListener(false)))
        .isInstanceOfSatisfying(
            AnswerException.class, e -> assertThat(e.usage()).contains(new Usage(10, 5)));
  }

  private static void fails(ThrowingCallable call, String code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AnswerException.class,
            e -> {
              assertThat(e.code()).as(e.toString()).isEqualTo(code);
              assertThat(e.getMessage()).doesNotContain(Services.KEY).hasSizeLessThan(500);
            });
  }
}
