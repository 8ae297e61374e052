package framewise.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.engine.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DropReportTest {
  private final ManualClock clock = new ManualClock();
  private final List<String> told = new ArrayList<>();
  private final DropReport report =
      new DropReport(
          Optional.empty(),
          clock,
          (clips, event) -> told.add(clips + ": " + event.detail().orElseThrow()));

  @Test
  void tellsTheFirstDropAtOnce() {
    report.add(1);
    assertThat(told).containsExactly("1: 1 clip dropped, newest kept");
  }

  @Test
  void tellsFurtherDropsOnceASecond() {
    report.add(1);
    for (int i = 0; i < 36; i++) {
      clock.advance(Duration.ofMillis(27));
      report.add(1);
    }
    assertThat(told).hasSize(1);
    clock.advance(Duration.ofMillis(28));
    report.add(1);
    assertThat(told).hasSize(2).last().isEqualTo("37: 37 clips dropped, newest kept");
  }

  @Test
  void losesNoneAtTheEnd() {
    report.add(2);
    report.add(3);
    report.flush();
    report.flush();
    assertThat(told)
        .containsExactly("2: 2 clips dropped, newest kept", "3: 3 clips dropped, newest kept");
  }
}
