package framewise.vision.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import framewise.vision.Question;
import framewise.vision.chat.stub.RecordingAskListener;
import framewise.vision.chat.stub.ServiceReply;
import framewise.vision.chat.stub.Services;
import framewise.vision.chat.stub.WireForm;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mistral and many gateways send the content as a list of parts instead of a text. */
@Timeout(60)
class ContentMayComeInPartsTest extends ClipTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[{\"type\":\"text\",\"text\":\"2 people\"}]",
        "[{\"type\":\"text\",\"text\":\"2 \"},{\"type\":\"text\",\"text\":\"people\"}]",
        "[{\"type\":\"output_text\",\"text\":\"2 people\",\"annotations\":[]}]",
        "[{\"text\":\"2 people\"}]",
        "[\"2 \",\"people\"]",
        "{\"type\":\"text\",\"text\":\"2 people\"}",
        "[{\"type\":\"text\",\"text\":{\"value\":\"2 people\"}}]",
        "[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"3?\"}]},{\"type\":\"text\",\"text\":\"2 people\"}]",
        "[{\"type\":\"reasoning\",\"text\":\"3?\"},{\"type\":\"text\",\"text\":\"2 people\"}]",
        "[{\"type\":\"reference\",\"reference_ids\":[1]},{\"type\":\"text\",\"text\":\"2 people\"}]",
        "[{\"type\":\"text\",\"text\":null},{\"type\":\"text\",\"text\":\"2 people\"}]",
      })
  void textsAreJoined(String content) throws Exception {
    for (Services service : List.of(Services.OPENAI, Services.LOCAL, Services.OVERSHOOT)) {
      WireForm form = service.form();
      stub.says(
          200, form.answer("-", "stop").replace("\"content\":\"-\"", "\"content\":" + content));
      assertThat(ask(service, Question.of("?"), 1, new RecordingAskListener(false)).text())
          .isEqualTo("2 people");

      stub.says(
          ServiceReply.events(
              form.events(List.of("-"), "stop").stream()
                  .map(e -> e.replace("\"content\":\"-\"", "\"content\":" + content))
                  .toList()));
      var heard = new RecordingAskListener(true);
      assertThat(ask(service, Question.of("?"), 1, heard).text()).isEqualTo("2 people");
      assertThat(heard.partials).containsExactly("2 people");
    }
    assertThat(stub.got()).hasSize(6);
  }

  @Test
  void parsedJsonIsTheAnswer() throws Exception {
    stub.says(200, Services.LOCAL.form().answer("-", "stop").replace("\"-\"", "{\"n\":2}"));
    assertThat(ask(Services.LOCAL, counted(), 1, new RecordingAskListener(false)).text())
        .isEqualTo("{\"n\":2}");
    assertThat(stub.got()).hasSize(1);
  }

  @Test
  void partsOfAnthropicAndGeminiAreJoined() throws Exception {
    stub.says(
        200,
        Services.ANTHROPIC
            .form()
            .answer("2 ", "stop")
            .replace("\"2 \"}", "\"2 \"},{\"type\":\"text\",\"text\":\"people\"}"));
    assertThat(ask(Services.ANTHROPIC, Question.of("?"), 1, new RecordingAskListener(false)).text())
        .isEqualTo("2 people");
    stub.says(
        200,
        Services.GEMINI
            .form()
            .answer("2 ", "stop")
            .replace("\"2 \"}", "\"2 \"},{\"text\":\"people\"}"));
    assertThat(ask(Services.GEMINI, Question.of("?"), 1, new RecordingAskListener(false)).text())
        .isEqualTo("2 people");
  }

  @Test
  void geminiCanSendAList() throws Exception {
    List<String> events = Services.GEMINI.form().events(List.of("2 ", "people"), "stop");
    String list = String.join(",", events.stream().map(e -> e.substring(6).strip()).toList());
    for (boolean streamed : new boolean[] {false, true}) {
      stub.says(200, "[" + list + "]");
      assertThat(
              ask(Services.GEMINI, Question.of("?"), 1, new RecordingAskListener(streamed)).text())
          .isEqualTo("2 people");
    }
    stub.says(200, "[" + list + ",{\"error\":{\"code\":503,\"message\":\"overloaded\"}}]");
    assertThatThrownBy(
            () -> ask(Services.GEMINI, Question.of("?"), 1, new RecordingAskListener(true)))
        .hasMessageContaining("overloaded");
  }

  @Test
  void cumulativeEventsAreNotConcatenated() throws Exception {
    stub.says(
        ServiceReply.events(
            List.of(
                "data: {\"choices\":[{\"message\":{\"content\":\"2\"},\"finish_reason\":null}]}\n\n",
                "data: {\"choices\":[{\"message\":{\"content\":\"2 people\"},\"finish_reason\":\"stop\"}]}\n\n",
                "data: [DONE]\n\n")));
    assertThat(ask(Services.LOCAL, Question.of("?"), 1, new RecordingAskListener(true)).text())
        .isEqualTo("2 people");
  }
}
