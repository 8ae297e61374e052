package framewise.vision.chat;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.vision.Answer;
import framewise.vision.FinishReason;
import framewise.vision.Question;
import framewise.vision.Usage;
import framewise.vision.chat.stub.RecordingAskListener;
import framewise.vision.chat.stub.ServiceReply;
import framewise.vision.chat.stub.ServiceStub;
import framewise.vision.chat.stub.Services;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class AnswersGrowWordByWordTest extends ClipTest {
  @ParameterizedTest
  @EnumSource
  void eachPartHasTheWholeTextSoFar(Services service) throws Exception {
    stub.says(ServiceReply.events(service.form().events(List.of("A ", "rød ", "car."), "max")));
    var heard = new RecordingAskListener(true);
    Answer answer = ask(service, Question.of("What is it?"), 2, heard);
    assertThat(heard.partials).containsExactly("A ", "A rød ", "A rød car.");
    assertThat(answer.text()).isEqualTo("A rød car.");
    assertThat(answer.model()).isEqualTo("answered-by");
    assertThat(answer.finishReason()).isEqualTo(FinishReason.LENGTH);
    assertThat(answer.usage()).contains(new Usage(10, 5));
    ServiceStub.Got got = stub.got().getFirst();
    assertThat(got.path()).isEqualTo(service.form().path("asked-for", true));
    assertThat(service.form().parts(got.body())).hasSize(5).endsWith("What is it?");
  }

  @ParameterizedTest
  @EnumSource
  void structuredAnswersAreCheckedAtTheEnd(Services service) throws Exception {
    stub.says(ServiceReply.events(service.form().events(List.of("{\"n\":", "\"x\"}"), "stop")));
    stub.says(ServiceReply.events(service.form().events(List.of("{\"n\":", "3}"), "stop")));
    var heard = new RecordingAskListener(true);
    Answer answer = ask(service, counted(), 1, heard);
    assertThat(answer.text()).isEqualTo("{\"n\":3}");
    assertThat(answer.usage()).contains(new Usage(20, 10));
    assertThat(heard.partials).contains("{\"n\":\"x\"}").endsWith("{\"n\":3}");
    ServiceStub.Got got = stub.got().getFirst();
    assertThat(service.form().schema(got.body())).contains(schema());
    assertThat(service.form().system(got.body())).contains("You watch a street.");
  }

  @ParameterizedTest
  @CsvSource({
    "OPENAI, true",
    "LOCAL, true",
    "GEMINI, true",
    "ANTHROPIC, true",
    "OPENAI, false",
    "GEMINI, false"
  })
  void cancellingEndsTheRequest(Services service, boolean streamed) throws Exception {
    List<String> events = service.form().events(List.of("A ", "red "), "stop");
    List<String> begin = events.subList(0, service == Services.ANTHROPIC ? 4 : 1);
    stub.says(
        streamed
            ? ServiceReply.events(begin).in(ServiceReply.DeliveryMode.ENDLESS)
            : ServiceReply.json(200, " ").in(ServiceReply.DeliveryMode.ENDLESS));
    var heard = new RecordingAskListener(streamed);
    var ended = new CompletableFuture<Throwable>();
    Thread asking =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    ask(service, Question.of("?"), 1, heard);
                  } catch (Throwable e) {
                    ended.complete(e);
                  }
                });
    while (stub.got().isEmpty()) {
      Thread.onSpinWait();
    }
    if (streamed && (service == Services.GEMINI || service == Services.ANTHROPIC)) {
      heard.begun.await();
    }
    asking.interrupt();
    assertThat(ended.get()).isInstanceOf(InterruptedException.class);
    assertThat(stub.wasLeft()).isTrue();
  }

  /**
   * Seen: some implementations waited for the next event, so that an answer's first words appeared
   * late or never.
   */
  @ParameterizedTest
  @EnumSource
  void theFirstWordsArriveAtOnce(Services service) throws Exception {
    List<String> events = service.form().events(List.of("A ", "red "), "stop");
    int first = 1;
    while (!events.get(first - 1).contains("\"A \"")) {
      first++;
    }
    stub.says(ServiceReply.events(events.subList(0, first)).in(ServiceReply.DeliveryMode.HANGS));
    var heard = new RecordingAskListener(true);
    Thread asking =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    ask(service, Question.of("?"), 1, heard);
                  } catch (Exception interrupted) {
                    // expected end
                  }
                });
    assertThat(heard.begun.await(15, TimeUnit.SECONDS)).isTrue();
    assertThat(heard.partials).containsExactly("A ");
    asking.interrupt();
    asking.join();
  }
}
