package framewise.vision.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import framewise.media.Clip;
import framewise.media.Frame;
import framewise.media.FramePool;
import framewise.media.MediaTime;
import framewise.vision.Answer;
import framewise.vision.AnswerException;
import framewise.vision.FinishReason;
import framewise.vision.Question;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class EveryServiceIsAskedInItsOwnFormTest {
  private static final String SCHEMA =
      "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}},\"required\":[\"n\"],\"additionalProperties\":false}";

  private final ServiceStub stub = new ServiceStub();

  @AfterEach
  void close() {
    stub.close();
    assertThat(FramePool.inUse()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void thePicturesInOrderWithTheirTimesAndThenThePrompt(Services service) throws Exception {
    stub.says(200, service.answer("A red car.", "stop"));
    Answer answer = ask(service, Question.of("What is it?"), 3);
    assertThat(answer.text()).isEqualTo("A red car.");
    assertThat(answer.model()).isEqualTo("answered-by");
    assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
    assertThat(answer.timings()).containsKey("encode");

    assertThat(stub.got()).hasSize(1);
    ServiceStub.Got got = stub.got().getFirst();
    assertThat(got.path()).isEqualTo(service.path("asked-for"));
    assertThat(service.parts(got.body()))
        .containsExactly(
            "The picture at 00:00:00.000:",
            "JPEG",
            "The picture at 00:00:01.000:",
            "JPEG",
            "The picture at 00:00:02.000:",
            "JPEG",
            "What is it?");
    assertThat(got.headers().values().toString()).contains(Services.KEY);
    assertThat(got.path()).doesNotContain(Services.KEY);
  }

  @ParameterizedTest
  @EnumSource
  void oneOfThemNeedsNoTimeAndAnswersCanBeCut(Services service) throws Exception {
    stub.says(200, service.answer("A red", "max"));
    Answer answer =
        ask(
            service,
            new Question(
                "Read the sign", Optional.of("another"), Optional.empty(), OptionalInt.of(7)),
            1);
    assertThat(answer.finishReason()).isEqualTo(FinishReason.LENGTH);
    ServiceStub.Got got = stub.got().getFirst();
    assertThat(got.path()).isEqualTo(service.path("another"));
    assertThat(service.parts(got.body())).containsExactly("JPEG", "Read the sign");
    assertThat(got.body().toString()).containsPattern("(?i)tokens\":7");
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerThatDoesNotFitItsSchemaIsAskedForOnceMore(Services service) throws Exception {
    stub.says(200, service.answer("There are three.", "stop"));
    stub.says(200, service.answer("```json\n{\"n\": 3}\n```", "stop"));
    assertThat(ask(service, counted(), 1).text()).isEqualTo("{\"n\":3}");
    assertThat(stub.got()).hasSize(2);
    assertThat(stub.got().getLast().body().toString())
        .contains("There are three.", "it is no JSON");
  }

  @ParameterizedTest
  @EnumSource
  void oneThatNeverFitsIsNoAnswer(Services service) {
    stub.says(200, service.answer("{\"n\": \"three\"}", "stop"));
    stub.says(200, service.answer("{\"n\": \"many\"}", "stop"));
    fails(() -> ask(service, counted(), 1), "schema_mismatch", "{\"n\": \"many\"}");
    assertThat(stub.got()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  void troubleHasItsCodeAndIsNotAskedForAgain(Services service) {
    trouble(service, 401, "unauthorized");
    trouble(service, 402, "insufficient_credits");
    trouble(service, 404, "unknown_model");
    trouble(service, 400, "invalid_request");
    trouble(service, 429, "rate_limited");
    trouble(service, 500, "service_failed");
    trouble(service, 503, "service_failed");
  }

  @ParameterizedTest
  @EnumSource
  void silenceGarbageAndEmptinessAreNoAnswers(Services service) {
    stub.says(-1, "");
    fails(() -> ask(service, Question.of("?"), 1), "timeout", "no answer came in time");
    stub.says(200, "<html>");
    fails(() -> ask(service, Question.of("?"), 1), "unreadable_answer", "its answer is none");
    stub.says(200, service.answer("", "stop"));
    fails(() -> ask(service, Question.of("?"), 1), "empty_answer", "the answer is empty");
    assertThat(stub.got()).hasSize(3);
    var nobody = service.backend(java.net.URI.create("http://127.0.0.1:9/v1"));
    try (Clip clip = clip(1)) {
      fails(() -> nobody.ask(clip, Question.of("?")), "unreachable", "check the network");
    }
  }

  private void trouble(Services service, int status, String code) {
    int before = stub.got().size();
    stub.says(status, "{\"error\":{\"message\":\"no " + Services.KEY + " here\"}}");
    fails(() -> ask(service, Question.of("?"), 1), code, "no *** here");
    assertThat(stub.got()).hasSize(before + 1);
  }

  private static void fails(ThrowingCallable call, String code, String words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AnswerException.class, e -> assertThat(e.code()).as(e.toString()).isEqualTo(code))
        .hasMessageContaining(words)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(Services.KEY));
  }

  private static Question counted() throws Exception {
    return new Question(
        "How many?",
        Optional.empty(),
        Optional.of(new ObjectMapper().readTree(SCHEMA)),
        OptionalInt.empty());
  }

  private Answer ask(Services service, Question question, int frames) throws Exception {
    try (Clip clip = clip(frames)) {
      return service.backend(stub).ask(clip, question);
    }
  }

  private static Clip clip(int frames) {
    List<Frame> pictures =
        java.util.stream.IntStream.range(0, frames)
            .mapToObj(
                second ->
                    Frame.of(
                        new BufferedImage(64, 48, BufferedImage.TYPE_3BYTE_BGR),
                        MediaTime.ofSeconds(second)))
            .toList();
    return new Clip(0, MediaTime.ZERO, MediaTime.ofSeconds(frames), pictures);
  }
}
