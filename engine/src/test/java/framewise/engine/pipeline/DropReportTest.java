package framewise.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DropReportTest {
  private final ManualClock clock = new ManualClock();
  private final List<String> reported = new ArrayList<>();
  private long counted;
  private final DropReport report =
      new DropReport(
          Optional.empty(),
          clock,
          (clips, event) -> {
            counted += clips;
            event.ifPresent(report -> reported.add(report.detail().orElseThrow()));
          });

  @Test
  void tellsTheFirstDropAtOnce() {
    report.add(1);
    assertThat(reported).containsExactly("1 clip dropped, newest kept");
  }

  @Test
  void tellsFurtherDropsASecondLater() {
    report.add(1);
    for (int i = 0; i < 36; i++) {
      clock.advance(Duration.ofMillis(27));
      report.add(1);
    }
    assertThat(reported).hasSize(1);
    clock.advance(Duration.ofMillis(28));
    report.add(1);
    assertThat(reported).hasSize(2).last().isEqualTo("37 clips dropped, newest kept");
  }

  @Test
  void losesNoneAtTheEnd() {
    report.add(2);
    report.add(3);
    report.flush();
    report.flush();
    assertThat(reported)
        .containsExactly("2 clips dropped, newest kept", "3 clips dropped, newest kept");
    assertThat(counted).isEqualTo(5);
  }

  /** Regression: a model slower than the pace caused a report every few seconds for ever. */
  @Test
  void tellsWhatGoesOnOnceAMinute() {
    drop(Duration.ofHours(24));
    assertThat(reported.size()).isBetween(1_400, 1_450);
    assertThat(reported.subList(0, 4))
        .containsExactly(
            "1 clip dropped, newest kept",
            "2 clips dropped, newest kept",
            "4 clips dropped, newest kept",
            "8 clips dropped, newest kept");
    assertThat(reported).last().isEqualTo("120 clips dropped, newest kept");
    report.flush();
    assertThat(counted).isEqualTo(24 * 3600 * 2);
    assertThat(
            reported.stream()
                .mapToInt(text -> Integer.parseInt(text.substring(0, text.indexOf(' '))))
                .sum())
        .isEqualTo(24 * 3600 * 2);
  }

  @Test
  void countsEverySecondWhatIsNotToldYet() {
    drop(Duration.ofSeconds(570));
    int before = reported.size();
    long soFar = counted;
    drop(Duration.ofSeconds(10));
    assertThat(reported).hasSize(before);
    assertThat(counted).isEqualTo(soFar + 20);
  }

  @Test
  void tellsTheNextAtOnceAfterAQuietMinute() {
    drop(Duration.ofMinutes(10));
    report.flush();
    clock.advance(Duration.ofMinutes(1));
    int before = reported.size();
    report.add(3);
    assertThat(reported).hasSize(before + 1).last().isEqualTo("3 clips dropped, newest kept");
  }

  @Test
  void tellsWhatIsLeftOnceItIsDue() {
    report.add(1);
    report.add(2);
    report.look();
    assertThat(reported).hasSize(1);
    clock.advance(Duration.ofSeconds(1));
    report.look();
    assertThat(reported).hasSize(2).last().isEqualTo("2 clips dropped, newest kept");
    report.look();
    assertThat(reported).hasSize(2);
  }

  /** Two clips a second. */
  private void drop(Duration howLong) {
    for (long half = 0; half < 2 * howLong.toSeconds(); half++) {
      report.add(1);
      clock.advance(Duration.ofMillis(500));
    }
  }
}
