package framewise.engine.source;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Regression: a camera that was off for a night was reported 2,880 times a day. */
class TroubleReportTest {
  private static final String REFUSED = "The camera refuses connections.";
  private static final String LOST = "The connection was lost.";
  private static final String NEXT = "Trying again in 30 s.";
  private static final String BACK = "The video is back.";

  private final ManualClock clock = new ManualClock();
  private final TroubleReport report = new TroubleReport(clock);
  private final List<String> reported = new ArrayList<>();

  @Test
  void reportsTenAttemptsOneByOne() {
    fail(REFUSED, 10);
    assertThat(reported).hasSize(10).containsOnly(REFUSED + " " + NEXT);
  }

  @Test
  void countsFurtherOnesEveryTenMinutes() {
    fail(REFUSED, 10 + 60);
    assertThat(reported.subList(10, reported.size()))
        .hasSize(3)
        .containsOnly(REFUSED + " 20 attempts in the last 10 minutes.");
  }

  @Test
  void aDayIsReportedEveryTenMinutes() {
    fail(REFUSED, 2_880);
    assertThat(reported).hasSizeBetween(150, 154);
  }

  @Test
  void reportsAnotherProblemAtOnce() {
    fail(REFUSED, 15);
    fail(LOST, 1);
    assertThat(reported).hasSize(11).last().isEqualTo(LOST + " " + NEXT);
  }

  @Test
  void alternatingProblemsAreNotReportedMoreOften() {
    for (int i = 0; i < 1_440; i++) {
      fail(REFUSED, 1);
      fail(LOST, 1);
    }
    assertThat(reported).hasSizeBetween(300, 308);
  }

  @Test
  void reportsTheReturnAfterHoursToo() {
    fail(REFUSED, 485);
    back();
    assertThat(reported).last().isEqualTo(BACK);
  }

  @Test
  void reportsAsManyReturnsAsLosses() {
    for (int i = 0; i < 2_880; i++) {
      fail(LOST, 1);
      back();
    }
    assertThat(reported).hasSizeBetween(300, 308).last().isEqualTo(BACK);
    assertThat(reported.stream().filter(BACK::equals)).hasSize(reported.size() / 2);
  }

  @Test
  void startsOverAfterTenQuietMinutes() {
    fail(LOST, 15);
    back();
    clock.advance(Duration.ofMinutes(10));
    fail(LOST, 2);
    assertThat(reported).hasSize(10 + 1 + 2).endsWith(LOST + " " + NEXT, LOST + " " + NEXT);
  }

  /** A number of attempts, one every 30 seconds. */
  private void fail(String trouble, int times) {
    for (int i = 0; i < times; i++) {
      clock.advance(Duration.ofSeconds(30));
      report.failed(trouble, NEXT).ifPresent(reported::add);
    }
  }

  private void back() {
    Optional<String> news = report.back();
    news.ifPresent(reported::add);
  }
}
