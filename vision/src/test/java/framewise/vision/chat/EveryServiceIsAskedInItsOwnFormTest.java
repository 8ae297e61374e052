package framewise.vision.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import framewise.vision.Answer;
import framewise.vision.AnswerException;
import framewise.vision.AskListener;
import framewise.vision.FinishReason;
import framewise.vision.Question;
import framewise.vision.Usage;
import framewise.vision.chat.stub.RecordingAskListener;
import framewise.vision.chat.stub.ServiceStub;
import framewise.vision.chat.stub.Services;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class EveryServiceIsAskedInItsOwnFormTest extends ClipTest {
  @ParameterizedTest
  @EnumSource
  void picturesWithTimesThenThePrompt(Services service) throws Exception {
    stub.says(200, service.form().answer("A red car.", "stop"));
    Answer answer = ask(service, Question.of("What is it?"), 3, AskListener.NONE);
    assertThat(answer.text()).isEqualTo("A red car.");
    assertThat(answer.model()).isEqualTo("answered-by");
    assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
    assertThat(answer.timings()).containsKey("encode");
    assertThat(answer.usage()).contains(new Usage(10, 5));

    assertThat(stub.got()).hasSize(1);
    ServiceStub.Got got = stub.got().getFirst();
    assertThat(got.path()).isEqualTo(service.form().path("asked-for", false));
    assertThat(got.path()).doesNotContain(Services.KEY);
    assertThat(service.form().system(got.body())).isEmpty();
    assertThat(service.form().schema(got.body())).isEmpty();
    assertThat(service.form().parts(got.body()))
        .containsExactly(
            "The picture at 00:00:00.000:",
            "JPEG",
            "The picture at 00:00:01.000:",
            "JPEG",
            "The picture at 00:00:02.000:",
            "JPEG",
            "What is it?");
  }

  @ParameterizedTest
  @EnumSource
  void aSinglePictureNeedsNoTime(Services service) throws Exception {
    stub.says(200, service.form().answer("A red", "max"));
    Answer answer =
        ask(
            service,
            Question.of("Read the sign")
                .withSystem("You watch a street.")
                .withModel("another")
                .withMaxOutputTokens(7),
            1,
            AskListener.NONE);
    assertThat(answer.finishReason()).isEqualTo(FinishReason.LENGTH);
    ServiceStub.Got got = stub.got().getFirst();
    assertThat(got.path()).isEqualTo(service.form().path("another", false));
    assertThat(service.form().parts(got.body())).containsExactly("JPEG", "Read the sign");
    assertThat(service.form().system(got.body())).contains("You watch a street.");
    assertThat(got.body().at(service.form().maxTokens()).asInt()).isEqualTo(7);
  }

  @ParameterizedTest
  @EnumSource
  void invalidStructuredAnswersAreRetriedOnce(Services service) throws Exception {
    stub.says(200, service.form().answer("There are three.", "stop"));
    stub.says(200, service.form().answer("```json\n{\"n\": 3}\n```", "stop"));
    var heard = new RecordingAskListener(false);
    Answer answer = ask(service, counted(), 1, heard);
    assertThat(answer.text()).isEqualTo("{\"n\":3}");
    assertThat(answer.usage()).as("both requests").contains(new Usage(20, 10));
    assertThat(heard.sent.getLast().requests()).hasSize(2);
    assertThat(stub.got()).hasSize(2);
    assertThat(service.form().schema(stub.got().getFirst().body())).contains(schema());
    assertThat(stub.got().getLast().body().toString())
        .contains("There are three.", "it is not JSON");
  }

  @ParameterizedTest
  @EnumSource
  void invalidAnswersAreReportedAsErrors(Services service) {
    String far = "{\"n\": \"" + "many ".repeat(10_000) + "\"}";
    stub.says(200, service.form().answer("{\"n\": \"three\"}", "stop"));
    stub.says(200, service.form().answer(far, "stop"));
    assertThatThrownBy(() -> ask(service, counted(), 1, AskListener.NONE))
        .isInstanceOfSatisfying(
            AnswerException.class,
            e -> {
              assertThat(e.code()).isEqualTo("schema_mismatch");
              assertThat(e.getMessage()).contains("{\"n\": \"many").hasSizeLessThan(500);
              assertThat(e.raw()).contains(far);
              assertThat(e.usage()).contains(new Usage(20, 10));
            });
    assertThat(stub.got()).hasSize(2);
  }
}
