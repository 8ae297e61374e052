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
  void reportsTheFirstDropAtOnce() {
    report.add(1);
    assertThat(reported).containsExactly("Skipped 1 clip to keep up");
  }

  @Test
  void reportsFurtherDropsASecondLater() {
    report.add(1);
    for (int i = 0; i < 36; i++) {
      clock.advance(Duration.ofMillis(27));
      report.add(1);
    }
    assertThat(reported).hasSize(1);
    clock.advance(Duration.ofMillis(28));
    report.add(1);
    assertThat(reported).hasSize(2).last().isEqualTo("Skipped 37 clips to keep up");
  }

  @Test
  void losesNoneAtTheEnd() {
    report.add(2);
    report.add(3);
    report.flush();
    report.flush();
    assertThat(reported)
        .containsExactly("Skipped 2 clips to keep up", "Skipped 3 clips to keep up");
    assertThat(counted).isEqualTo(5);
  }

  /** Regression: a model slower than the pace caused a report every few seconds for ever. */
  @Test
  void reportsContinuedDropsOnceAMinute() {
    drop(Duration.ofHours(24));
    assertThat(reported.size()).isBetween(1_400, 1_450);
    assertThat(reported.subList(0, 4))
        .containsExactly(
            "Skipped 1 clip to keep up",
            "Skipped 2 clips to keep up",
            "Skipped 4 clips to keep up",
            "Skipped 8 clips to keep up");
    assertThat(reported).last().isEqualTo("Skipped 120 clips to keep up");
    report.flush();
    assertThat(counted).isEqualTo(24 * 3600 * 2);
    assertThat(
            reported.stream().mapToInt(text -> Integer.parseInt(text.replaceAll("\\D", ""))).sum())
        .isEqualTo(24 * 3600 * 2);
  }

  @Test
  void countsUnreportedDropsEverySecond() {
    drop(Duration.ofSeconds(570));
    int before = reported.size();
    long soFar = counted;
    drop(Duration.ofSeconds(10));
    assertThat(reported).hasSize(before);
    assertThat(counted).isEqualTo(soFar + 20);
  }

  @Test
  void reportsAtOnceAfterAQuietMinute() {
    drop(Duration.ofMinutes(10));
    report.flush();
    clock.advance(Duration.ofMinutes(1));
    int before = reported.size();
    report.add(3);
    assertThat(reported).hasSize(before + 1).last().isEqualTo("Skipped 3 clips to keep up");
  }

  @Test
  void reportsTheRestWhenDue() {
    report.add(1);
    report.add(2);
    report.look();
    assertThat(reported).hasSize(1);
    clock.advance(Duration.ofSeconds(1));
    report.look();
    assertThat(reported).hasSize(2).last().isEqualTo("Skipped 2 clips to keep up");
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
