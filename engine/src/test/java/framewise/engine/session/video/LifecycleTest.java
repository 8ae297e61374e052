package framewise.engine.session.video;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.engine.session.video.Lifecycle.LifecycleEvent;
import framewise.engine.session.video.Lifecycle.Transition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The table in docs/lifecycle.md matches the one in the code for every phase and event. */
class LifecycleTest {
  private static final Path PAGE =
      Path.of(System.getProperty("framewise.root"), "docs", "lifecycle.md");

  @Test
  void everyPairOfPhaseAndEventMatchesTheDocumentation() throws IOException {
    Map<String, String> actual = new TreeMap<>();
    for (Phase from : Phase.values()) {
      for (LifecycleEvent on : LifecycleEvent.values()) {
        actual.put(
            word(from) + ", " + word(on),
            Lifecycle.next(from, on).map(LifecycleTest::word).orElse("-"));
      }
    }
    assertThat(actual).hasSize(77).isEqualTo(documented());
  }

  @Test
  void noPairHasTwoOutcomes() {
    assertThat(Lifecycle.TRANSITIONS.stream().map(row -> List.of(row.from(), row.on())))
        .doesNotHaveDuplicates();
  }

  @Test
  void everyPhaseCanBeReachedAndOnlyARunningOneCanStop() {
    assertThat(Lifecycle.TRANSITIONS.stream().map(Transition::to).distinct())
        .containsExactlyInAnyOrder(
            Phase.CONNECTING, Phase.STREAMING, Phase.STOPPED, Phase.FINISHED, Phase.FAILED);
    assertThat(
            Lifecycle.TRANSITIONS.stream()
                .filter(row -> row.on() == LifecycleEvent.STOP)
                .map(Transition::from))
        .containsExactlyInAnyOrder(Phase.CONNECTING, Phase.STREAMING);
  }

  @Test
  void clientsSeeIdleAndConnectingAsWaiting() {
    for (Phase phase : Phase.values()) {
      boolean started = phase != Phase.IDLE && phase != Phase.UPLOADED;
      assertThat(Phase.of(phase.status(), started)).isEqualTo(phase);
    }
    assertThat(Phase.IDLE.status()).isEqualTo(Phase.CONNECTING.status());
  }

  /** The documented next phase, by "phase, event". */
  private static Map<String, String> documented() throws IOException {
    String page = Files.readString(PAGE);
    List<List<String>> rows =
        page.substring(page.indexOf("## Transitions"), page.indexOf("## Which"))
            .lines()
            .filter(line -> line.startsWith("|"))
            .map(LifecycleTest::cells)
            .toList();
    List<String> events = rows.getFirst();
    Map<String, String> pairs = new TreeMap<>();
    for (List<String> row : rows.subList(2, rows.size())) {
      for (int i = 1; i < events.size(); i++) {
        pairs.put(row.getFirst() + ", " + events.get(i), row.get(i));
      }
    }
    return pairs;
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.substring(1, line.length() - 1).split("\\|"))
        .map(String::strip)
        .toList();
  }

  private static String word(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
