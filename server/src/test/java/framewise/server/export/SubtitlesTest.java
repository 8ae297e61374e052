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
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SubtitlesTest {
  private static final Pattern CUE =
      Pattern.compile(
          "(?m)^(\\d{2,}:\\d{2}:\\d{2}\\.\\d{3}) --> (\\d{2,}:\\d{2}:\\d{2}\\.\\d{3})$");

  @Test
  void cueLastsUntilTheNextClip() throws IOException {
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
  void nothingAnsweredIsStillAFile() throws IOException {
    assertThat(Results.write(Export.VTT.format(), List.of())).isEqualTo("WEBVTT\n\n");
    assertThat(Results.write(Export.SRT.format(), List.of())).isEmpty();
  }

  @Test
  void loopedVideoIsToldOnce() throws IOException {
    List<LoggedEvent> results =
        List.of(
            Results.answered(1, 0, 0.1, "a"),
            Results.answered(2, 1, 1.1, "b"),
            Results.answered(3, 0, 0.1, "again"));
    assertThat(Results.write(Export.VTT.format(), results))
        .contains("a\n", "b\n")
        .doesNotContain("again");
  }

  @Property
  void cuesFollowOneAnother(
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
