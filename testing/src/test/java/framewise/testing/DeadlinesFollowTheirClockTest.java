package framewise.testing;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.time.Deadline;
import framewise.time.Stopwatch;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlinesFollowTheirClockTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** The steady time may overflow between the start and the end. */
  @ParameterizedTest
  @ValueSource(longs = {0, -500_000_000, Long.MAX_VALUE - 500_000_000})
  void overflowsAreHandled(long begin) {
    var clock = new ManualClock(begin);
    Deadline deadline = clock.deadline(SECOND);
    Stopwatch watch = clock.stopwatch();
    assertThat(deadline.hasPassed()).isFalse();
    assertThat(deadline.left()).isEqualTo(SECOND);
    clock.set(Duration.ofHours(1));
    clock.advance(SECOND.minusNanos(1));
    assertThat(deadline.hasPassed()).isFalse();
    assertThat(watch.elapsed()).isEqualTo(SECOND.minusNanos(1));
    clock.advance(Duration.ofNanos(1));
    assertThat(deadline.hasPassed()).isTrue();
    assertThat(watch.exceeds(SECOND)).isFalse();
    clock.advance(Duration.ofNanos(1));
    assertThat(watch.exceeds(SECOND)).isTrue();
    assertThat(deadline.left()).isEqualTo(Duration.ofNanos(-1));
    watch.restart();
    assertThat(watch.nanos()).isZero();
  }
}
