package framewise.server.export;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.engine.result.LoggedEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SubtitlesTest {
  private static final Pattern CUE =
      Pattern.compile(
          "(?m)^(\\d{2,}:\\d{2}:\\d{2}\\.\\d{3}) --> (\\d{2,}:\\d{2}:\\d{2}\\.\\d{3})$");

  /**
   * Seen: control characters in an answer changed the title of the terminal that showed the file.
   */
  @Test
  void terminalControlCharactersAreRemoved() throws IOException {
    List<LoggedEvent> results =
        List.of(
            Results.answered(
                1,
                0,
                0.1,
                "a\\u001b]0;x\\u0007\\u0000b\\u009b2J\\u202ec\\r\\n\\u0000\\r\\nd\\te \u0645\u06cc\u200c\u062e"));
    for (Export export : List.of(Export.VTT, Export.SRT)) {
      assertThat(Results.write(export.format(), results))
          .contains("\na]0;xb2Jc\nd\te \u0645\u06cc\u200c\u062e\n")
          .matches(text -> text.chars().noneMatch(c -> c < ' ' && c != '\n' && c != '\t'));
    }
  }

  @Test
  void aCueLastsUntilTheNextClip() throws IOException {
    List<LoggedEvent> results =
        List.of(
            Results.answered(1, 0, 0.1, "one"),
            Results.failed(2, 1, 1.1),
            Results.answered(3, 2, 2.1, "a <b> & c\\n\\n\\n--> d"),
            Results.answered(4, 3661.5, 3661.6, "last"));

    assertThat(Results.write(Export.VTT.format(), results))
        .isEqualTo(
            """
            WEBVTT

            1
            00:00:00.000 --> 00:00:01.000
            one

            2
            00:00:02.000 --> 01:01:01.500
            a &lt;b&gt; &amp; c
            --&gt; d

            3
            01:01:01.500 --> 02:02:01.000
            last

            """);
    assertThat(Results.write(Export.SRT.format(), results))
        .isEqualTo(
            """
            1
            00:00:00,000 --> 00:00:01,000
            one

            2
            00:00:02,000 --> 01:01:01,500
            a <b> & c
            -> d

            3
            01:01:01,500 --> 02:02:01,000
            last

            """);
  }

  @Test
  void withoutAnswersTheFileIsValid() throws IOException {
    assertThat(Results.write(Export.VTT.format(), List.of())).isEqualTo("WEBVTT\n\n");
    assertThat(Results.write(Export.SRT.format(), List.of())).isEmpty();
  }

  @Test
  void aLoopedVideoIsCapturedOnce() throws IOException {
    List<LoggedEvent> results =
        List.of(
            Results.answered(1, 0, 0.1, "a"),
            Results.answered(2, 1, 1.1, "b"),
            Results.answered(3, 0, 0.1, "again"));
    assertThat(Results.write(Export.VTT.format(), results))
        .contains("a\n", "b\n")
        .doesNotContain("again");
  }

  @Test
  void eachPromptHasItsOwnCues() throws IOException {
    List<LoggedEvent> results =
        List.of(
            Results.named("people", 1, 0, "two"),
            Results.named("<R&D>", 2, 0, "EXIT\\n\\n--> left"),
            Results.named("<R&D>", 3, 1, "none"),
            Results.named("people", 4, 1, "three"),
            Results.named("people", 5, 2.5, "four"));
    assertThat(Results.write(Export.VTT.format(), results))
        .isEqualTo(
            """
            WEBVTT

            1
            00:00:00.000 --> 00:00:01.000
            <v people>two

            2
            00:00:00.000 --> 00:00:01.000
            <v &lt;R&amp;D&gt;>EXIT
            --&gt; left

            3
            00:00:01.000 --> 00:00:02.500
            <v people>three

            4
            00:00:01.000 --> 00:00:02.000
            <v &lt;R&amp;D&gt;>none

            5
            00:00:02.500 --> 00:00:04.000
            <v people>four

            """);
    assertThat(Results.write(Export.SRT.format(), results))
        .startsWith(
            """
            1
            00:00:00,000 --> 00:00:01,000
            people: two

            2
            00:00:00,000 --> 00:00:01,000
            <R&D>: EXIT
            -> left

            3
            """);
  }

  @Test
  void aSlowPromptKeepsItsTimes() throws IOException {
    List<LoggedEvent> results =
        List.of(
            Results.named("quick", 1, 0, "q0"),
            Results.named("quick", 2, 1, "q1"),
            Results.named("quick", 3, 2, "q2"),
            Results.named("slow", 4, 0, "s0"),
            Results.named("slow", 5, 1, "s1"),
            Results.named("slow", 6, 2, "s2"));
    assertThat(Results.write(Export.SRT.format(), results))
        .containsSubsequence("q0", "s0", "q1", "s1", "q2", "s2");
  }

  @Test
  void oldNamesAreEscaped() throws IOException {
    assertThat(
            Results.write(
                Export.VTT.format(), List.of(Results.named("a\\n\\n-->\\u0000b", 1, 0, "x"))))
        .contains("<v a --&gt; b>x\n");
    assertThat(Results.write(Export.SRT.format(), List.of(Results.named("\\u0000", 1, 0, "x"))))
        .endsWith("\nx\n\n");
  }

  @Test
  void eachPromptOfALoopedVideoIsCapturedOnce() throws IOException {
    List<LoggedEvent> results =
        List.of(
            Results.named("a", 1, 0, "a0"),
            Results.named("b", 2, 0, "b0"),
            Results.named("a", 3, 1, "a1"),
            Results.named("a", 4, 0, "again"),
            Results.named("b", 5, 1, "b1"),
            Results.named("b", 6, 2, "b2"),
            Results.named("a", 7, 3, "again"));
    assertThat(Results.write(Export.SRT.format(), results))
        .containsSubsequence("a0", "b0", "a1", "b1", "b2")
        .doesNotContain("again");
  }

  @Property
  void cuesAreSortedByStart(@ForAll @Size(max = 60) List<@IntRange(min = 0, max = 3) Integer> whose)
      throws IOException {
    List<LoggedEvent> results = new ArrayList<>();
    int[] clips = new int[4];
    for (int prompt : whose) {
      results.add(Results.named("p" + prompt, results.size() + 1, clips[prompt]++, "x"));
    }
    String file = Results.write(Export.VTT.format(), results);
    var cues = CUE.matcher(file).results().toList();
    assertThat(cues).hasSameSizeAs(results);
    assertThat(cues.stream().map(cue -> cue.group(1))).isSorted();
    for (int prompt = 0; prompt < clips.length; prompt++) {
      assertThat(file.split("<v p" + prompt + ">", -1)).hasSize(clips[prompt] + 1);
    }
  }

  @Property
  void cuesDontOverlap(
      @ForAll @Size(max = 20) List<@DoubleRange(min = 0.05, max = 4_000) Double> delays)
      throws IOException {
    List<LoggedEvent> results = new ArrayList<>();
    double start = 0;
    for (double delay : delays) {
      results.add(Results.answered(results.size() + 1, start, start + 0.1, "x"));
      start += delay;
    }
    var cues = CUE.matcher(Results.write(Export.VTT.format(), results)).results().toList();
    assertThat(cues).hasSameSizeAs(results);
    for (int i = 1; i < cues.size(); i++) {
      assertThat(cues.get(i).group(1)).isEqualTo(cues.get(i - 1).group(2));
    }
  }
}
