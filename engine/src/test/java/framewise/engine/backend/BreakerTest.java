package framewise.engine.backend;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.testing.ManualClock;
import framewise.vision.AnswerException;
import framewise.vision.FailureKind;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BreakerTest {
  private final AnswerException down = new AnswerException(FailureKind.SERVICE_FAILED, "503");

  private final ManualClock clock = new ManualClock();
  private final Breaker breaker = new Breaker(clock);

  @Test
  void opensAfterFiveFailuresInARow() {
    fail(4);
    breaker.answered();
    fail(4);
    assertThat(breaker.tryEnter()).isTrue();
    fail(1);
    assertThat(breaker.tryEnter()).isFalse();
    assertThat(breaker.closedBecause()).contains("is paused for 5 s (service_failed)");
  }

  @Test
  void oneProbeDecidesWhetherToClose() {
    fail(5);
    clock.advance(Duration.ofSeconds(5));
    assertThat(breaker.closedBecause()).isEmpty();
    assertThat(breaker.tryEnter()).isTrue();
    assertThat(breaker.tryEnter()).as("a second question").isFalse();
    breaker.answered();
    assertThat(breaker.tryEnter()).isTrue();
    assertThat(breaker.tryEnter()).isTrue();
  }

  @Test
  void reportsItsState() {
    assertThat(breaker.state()).isEqualTo(BreakerState.UNUSED);
    fail(4);
    assertThat(breaker.state().phase()).isEqualTo(BreakerState.BreakerPhase.CLOSED);
    assertThat(breaker.state().failures()).isEqualTo(4);
    fail(1);
    assertThat(breaker.state())
        .isEqualTo(
            new BreakerState(
                BreakerState.BreakerPhase.OPEN,
                5,
                Optional.of("service_failed"),
                Optional.of(clock.now().plusSeconds(5))));
    clock.advance(Duration.ofSeconds(5));
    assertThat(breaker.state().phase()).isEqualTo(BreakerState.BreakerPhase.HALF_OPEN);
    breaker.answered();
    assertThat(breaker.state()).isEqualTo(BreakerState.UNUSED);
  }

  @Test
  void waitsLongerAfterEachFailedProbeUpToFiveMinutes() {
    fail(5);
    long[] seconds = {5, 10, 20, 40, 80, 160, 300, 300};
    for (long wait : seconds) {
      clock.advance(Duration.ofSeconds(wait).minusMillis(1));
      assertThat(breaker.tryEnter()).as("before %d s", wait).isFalse();
      clock.advance(Duration.ofMillis(1));
      assertThat(breaker.tryEnter()).as("after %d s", wait).isTrue();
      breaker.failed(down);
    }
  }

  @Test
  void honorsRetryAfter() {
    breaker.failed(
        new AnswerException(FailureKind.RATE_LIMITED, "429")
            .withRetryAfter(Duration.ofSeconds(20)));
    clock.advance(Duration.ofSeconds(19));
    assertThat(breaker.tryEnter()).isFalse();
    // A request in flight fails as well and asks for a shorter pause: the longer one holds.
    breaker.failed(
        new AnswerException(FailureKind.RATE_LIMITED, "429").withRetryAfter(Duration.ofMillis(1)));
    assertThat(breaker.tryEnter()).isFalse();
    clock.advance(Duration.ofSeconds(1));
    assertThat(breaker.tryEnter()).isTrue();
  }

  @Test
  void capsRetryAfter() {
    breaker.failed(
        new AnswerException(FailureKind.RATE_LIMITED, "429").withRetryAfter(Duration.ofDays(9)));
    clock.advance(Duration.ofHours(1));
    assertThat(breaker.tryEnter()).isTrue();
  }

  @Test
  void ignoresFaultsOfTheQuestion() {
    for (int i = 0; i < 20; i++) {
      breaker.failed(new AnswerException(FailureKind.CONTENT_FILTER, "no"));
    }
    assertThat(breaker.tryEnter()).isTrue();
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      assertThat(breaker.tryEnter()).isTrue();
      breaker.failed(down);
    }
  }
}
