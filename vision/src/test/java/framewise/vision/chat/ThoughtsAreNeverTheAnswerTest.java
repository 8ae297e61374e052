package framewise.vision.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import framewise.vision.Answer;
import framewise.vision.AnswerException;
import framewise.vision.ClipBackend;
import framewise.vision.FinishReason;
import framewise.vision.Question;
import framewise.vision.Reasoning;
import framewise.vision.Usage;
import framewise.vision.chat.stub.RecordingAskListener;
import framewise.vision.chat.stub.ServiceReply;
import framewise.vision.chat.stub.Services;
import framewise.vision.chat.stub.WireForm;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Seen: the answer "No people in sight" was hidden below pages of thoughts, and each answer took
 * two billed calls.
 */
@Timeout(60)
class ThoughtsAreNeverTheAnswerTest extends ClipTest {
  /** Opening and closing tags of thoughts, as models write them. */
  static Stream<List<String>> tags() {
    return Stream.of(
        List.of("<think>\n", "\n</think>\n\n"),
        List.of("\n\n<think>", "</think>"),
        List.of("<THINK>", "</THINK>"),
        List.of("<think type=\"deep\">", "</think>"),
        List.of("<thinking>", "</thinking>"),
        List.of("<thought>", "</thought>\n"),
        List.of("<thoughts>", "</thoughts>"),
        List.of("<reasoning>", "</reasoning>"),
        List.of("<thought_process>", "</thought_process>"),
        List.of("<scratchpad>", "</scratchpad>"),
        List.of("<|thinking|>", "<|/thinking|>"),
        List.of("<seed:think>", "</seed:think>"),
        List.of("[THINK]", "[/THINK]"),
        List.of("◁think▷", "◁/think▷"),
        List.of("<|begin_of_thought|>", "<|end_of_thought|>\n<|begin_of_solution|>"),
        List.of("<|START_THINKING|>", "<|END_THINKING|><|START_RESPONSE|>"),
        List.of("<unused94>thought\n", "<unused95>"),
        List.of("<|channel>thought\n", "<channel|>"),
        List.of(
            "<|channel|>analysis<|message|>",
            "<|end|><|start|>assistant<|channel|>final<|message|>"),
        List.of("", "\n</think>\n\n"),
        List.of("Let me see.\n<think>\n", "\n</think>\n"),
        List.of("<think>One.</think>\n<think>", "</think>"),
        List.of("<think>Is <think> a tag? ", "</think>\n</think>"));
  }

  @ParameterizedTest
  @MethodSource("tags")
  void withASchemaTheJsonAfterThemCounts(List<String> tags) throws Exception {
    String reply = tags.getFirst() + "Two {\"n\": 7}, I think." + tags.getLast() + "{\"n\": 2}";
    for (Services service : Services.ofEachWire()) {
      stub.says(200, service.form().answer(reply, "stop"));
      assertThat(ask(service, counted(), 1, new RecordingAskListener(false)).text())
          .isEqualTo("{\"n\":2}");
      stub.says(ServiceReply.events(service.form().events(split(reply, 3), "stop")));
      assertThat(ask(service, counted(), 1, new RecordingAskListener(true)).text())
          .isEqualTo("{\"n\":2}");
    }
    assertThat(stub.got()).hasSize(2 * Services.ofEachWire().size());
  }

  @ParameterizedTest
  @MethodSource("tags")
  void withoutASchemaTheyAreRemoved(List<String> tags) throws Exception {
    String reply = tags.getFirst() + "A car? Or two?" + tags.getLast() + "Two red cars.";
    boolean begun = tags.getFirst().strip().matches("(?s)[<\\[◁].*");
    for (Services service : Services.ofEachWire()) {
      stub.says(200, service.form().answer(reply, "stop"));
      assertThat(ask(service, Question.of("?"), 1, new RecordingAskListener(false)).text())
          .isEqualTo("Two red cars.");
      for (int length : new int[] {1, 4}) {
        stub.says(ServiceReply.events(service.form().events(split(reply, length), "stop")));
        var heard = new RecordingAskListener(true);
        assertThat(ask(service, Question.of("?"), 1, heard).text()).isEqualTo("Two red cars.");
        assertThat(heard.partials).endsWith("Two red cars.");
        if (begun) {
          assertThat(heard.partials)
              .noneMatch(said -> said.contains("Or two") || said.contains("<"));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void truncatedThoughtsAreNoAnswer(boolean streamed) {
    for (Services service : Services.ofEachWire()) {
      WireForm form = service.form();
      String reply = "<think>\nI see a red car and";
      stub.says(
          streamed
              ? ServiceReply.events(form.events(split(reply, 5), "max"))
              : ServiceReply.json(200, form.answer(reply, "max")));
      var heard = new RecordingAskListener(streamed);
      assertThatThrownBy(() -> ask(service, Question.of("?"), 1, heard))
          .isInstanceOfSatisfying(
              AnswerException.class,
              e -> {
                assertThat(e.code()).isEqualTo("empty_answer");
                assertThat(e.getMessage())
                    .contains("cut off during reasoning", "max_output_tokens");
                assertThat(e.usage()).contains(new Usage(10, 5));
              });
      assertThat(heard.partials).isEmpty();
    }
  }

  @Test
  void anUnopenedThoughtIsRemoved() throws Exception {
    WireForm form = Services.LOCAL.form();
    stub.says(200, form.answer("I see.\n</think>\nTwo.", "stop"));
    stub.says(200, form.answer("I see a red car and", "max"));
    stub.says(200, form.answer("Two red ca", "max"));
    ClipBackend backend = Services.LOCAL.backend(stub);
    assertThat(ask(backend, Question.of("?"), 1, new RecordingAskListener(false)).text())
        .isEqualTo("Two.");
    assertThatThrownBy(() -> ask(backend, Question.of("?"), 1, new RecordingAskListener(false)))
        .hasMessageContaining("max_output_tokens");
    assertThat(ask(Services.LOCAL, Question.of("?"), 1, new RecordingAskListener(false)).text())
        .as("another server, of which nothing is known")
        .isEqualTo("Two red ca");
    stub.says(200, form.answer("Two blue ca", "max"));
    var unthinking = Question.of("?").withReasoning(Reasoning.OFF);
    assertThat(ask(backend, unthinking, 1, new RecordingAskListener(false)).text())
        .isEqualTo("Two blue ca");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The screen shows \"<think>\" and \"</think>\".",
        "It says `</think>`.",
        "{\"text\": \"a </think> b\"}",
        "A < B, and <b>bold</b>",
        "<p>A sign",
        "[THIN] is on the sign",
        "[1] A car"
      })
  void tagsInPicturesAreKept(String text) throws Exception {
    for (Services service : Services.ofEachWire()) {
      stub.says(200, service.form().answer(text, "stop"));
      assertThat(ask(service, Question.of("?"), 1, new RecordingAskListener(false)).text())
          .isEqualTo(text);
      stub.says(ServiceReply.events(service.form().events(split(text, 2), "stop")));
      assertThat(ask(service, Question.of("?"), 1, new RecordingAskListener(true)).text())
          .isEqualTo(text);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '~',
      value = {
        "<|begin_of_box|>Two.<|end_of_box|> => Two.",
        "The answer is <|begin_of_box|>two<|end_of_box|>. => The answer is two.",
        "<think>Hm.</think><|begin_of_box|>Two.<|end_of_box|> => Two.",
        "<think>Hm.</think>\\n<answer>Two.</answer> => Two.",
        "<think>Hm.</think><answer>Two. => Two.",
        "<think>Hm.</think><response>Two.</response> => Two.",
        "Two.<|im_end|> => Two.",
        "Two.<|im_end|><|endoftext|> => Two.",
        "Two.</s> => Two.",
        "Two.<end_of_turn>\\n => Two.",
        "Two.<｜end▁of▁sentence｜> => Two.",
        "Two.\\n<think>Was that right? Yes.</think> => Two.",
        "Two.\\n<think>Was that => Two.",
        "<answer>Two.</answer> => <answer>Two.</answer>",
        "a <s>b</s> => a <s>b</s>",
      })
  void wrappersAreRemoved(String reply, String answer) throws Exception {
    String said = reply.replace("\\n", "\n");
    WireForm form = Services.LOCAL.form();
    stub.says(200, form.answer(said, "stop"));
    assertThat(ask(Services.LOCAL, Question.of("?"), 1, new RecordingAskListener(false)).text())
        .isEqualTo(answer);
    stub.says(ServiceReply.events(form.events(split(said, 4), "stop")));
    assertThat(ask(Services.LOCAL, Question.of("?"), 1, new RecordingAskListener(true)).text())
        .isEqualTo(answer);
  }

  @Test
  void theBoxOfGlmWithASchema() throws Exception {
    stub.says(
        200,
        Services.LOCAL
            .form()
            .answer("<think>Hm.</think><|begin_of_box|>{\"n\": 2}<|end_of_box|>", "stop"));
    assertThat(ask(Services.LOCAL, counted(), 1, new RecordingAskListener(false)).text())
        .isEqualTo("{\"n\":2}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"reasoning_content", "reasoning", "thinking"})
  void inTheirOwnField(String field) throws Exception {
    WireForm form = Services.OPENAI.form();
    String thoughts = "\"%s\":\"A car? {\\\"n\\\": 7}\",\"content\"".formatted(field);
    stub.says(200, form.answer("Two.", "stop").replace("\"content\"", thoughts));
    assertThat(ask(Services.OPENAI, Question.of("?"), 1, new RecordingAskListener(false)).text())
        .isEqualTo("Two.");

    List<String> events = new ArrayList<>(form.events(List.of("Two", "."), "stop"));
    String null_ = events.get(1).replace("\"Two\"", "null").replace("\"content\"", thoughts);
    events.add(1, null_);
    stub.says(ServiceReply.events(events));
    var heard = new RecordingAskListener(true);
    assertThat(ask(Services.OPENAI, Question.of("?"), 1, heard).text()).isEqualTo("Two.");
    assertThat(heard.partials).containsExactly("Two", "Two.");

    stub.says(200, form.answer("", "max").replace("\"content\"", thoughts));
    assertThatThrownBy(
            () -> ask(Services.OPENAI, Question.of("?"), 1, new RecordingAskListener(false)))
        .hasMessageContaining("during reasoning");
  }

  @Test
  void inBlocksOfAnthropic() throws Exception {
    WireForm form = Services.ANTHROPIC.form();
    String blocks =
        "\"content\":[{\"type\":\"thinking\",\"thinking\":\"A car?\",\"signature\":\"x\"},"
            + "{\"type\":\"redacted_thinking\",\"data\":\"abc\"},";
    stub.says(200, form.answer("Two.", "stop").replace("\"content\":[", blocks));
    assertThat(ask(Services.ANTHROPIC, Question.of("?"), 1, new RecordingAskListener(false)).text())
        .isEqualTo("Two.");

    List<String> events = new ArrayList<>(form.events(List.of("Two", "."), "stop"));
    events.addAll(
        2,
        List.of(
            event(
                "content_block_start",
                "\"content_block\":{\"type\":\"thinking\",\"thinking\":\"\"}"),
            event(
                "content_block_delta",
                "\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"A car?\"}"),
            event(
                "content_block_delta",
                "\"delta\":{\"type\":\"signature_delta\",\"signature\":\"x\"}"),
            event("content_block_stop", "\"index\":0")));
    stub.says(ServiceReply.events(events));
    var heard = new RecordingAskListener(true);
    assertThat(ask(Services.ANTHROPIC, Question.of("?"), 1, heard).text()).isEqualTo("Two.");
    assertThat(heard.partials).containsExactly("Two", "Two.");
  }

  @Test
  void inPartsOfGemini() throws Exception {
    WireForm form = Services.GEMINI.form();
    String parts = "\"parts\":[{\"text\":\"A car?\",\"thought\":true},";
    stub.says(200, form.answer("Two.", "stop").replace("\"parts\":[", parts));
    Answer answer = ask(Services.GEMINI, Question.of("?"), 1, new RecordingAskListener(false));
    assertThat(answer.text()).isEqualTo("Two.");
    assertThat(answer.usage()).as("thoughts are output").contains(new Usage(10, 5));

    List<String> events = new ArrayList<>(form.events(List.of("A car?", "Two", "."), "stop"));
    events.replaceAll(
        event -> event.replace("{\"text\":\"A car?\"}", "{\"text\":\"A car?\",\"thought\":true}"));
    stub.says(ServiceReply.events(events));
    var heard = new RecordingAskListener(true);
    assertThat(ask(Services.GEMINI, Question.of("?"), 1, heard).text()).isEqualTo("Two.");
    assertThat(heard.partials).containsExactly("Two", "Two.");
  }

  @ParameterizedTest
  @EnumSource
  void onlyThoughtsAreNoAnswer(Services service) {
    stub.says(200, service.form().answer("<think>Nothing to say.</think>\n", "stop"));
    assertThatThrownBy(() -> ask(service, Question.of("?"), 1, new RecordingAskListener(false)))
        .isInstanceOfSatisfying(
            AnswerException.class, e -> assertThat(e.code()).isEqualTo("empty_answer"));
  }

  @Test
  void theirTokensAreCounted() throws Exception {
    String usage =
        "\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":115,"
            + "\"completion_tokens_details\":{\"reasoning_tokens\":100}}";
    stub.says(
        200, Services.OPENAI.form().answer("Two.", "max").replaceAll("\"usage\":\\{[^}]*}", usage));
    Answer answer = ask(Services.OPENAI, Question.of("?"), 1, new RecordingAskListener(false));
    assertThat(answer.usage()).contains(new Usage(10, 105));
    assertThat(answer.finishReason()).isEqualTo(FinishReason.LENGTH);
  }

  private static String event(String type, String rest) {
    return "event: %s\ndata: {\"type\":\"%s\",\"index\":0,%s}\n\n".formatted(type, type, rest);
  }

  static List<String> split(String text, int length) {
    List<String> pieces = new ArrayList<>();
    for (int i = 0; i < text.length(); i += length) {
      pieces.add(text.substring(i, Math.min(text.length(), i + length)));
    }
    return pieces;
  }
}
