package framewise.media.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PlayingClockTest {
  private final AtomicLong now = new AtomicLong(77);
  private final PlayingClock clock = new PlayingClock(now::get);

  @Test
  void picturesAreDueAtTheirTimes() {
    assertThat(clock.newest()).isEmpty();
    assertThat(clock.untilDue(shown(5_000_000))).isZero();
    assertThat(clock.untilDue(shown(5_040_000))).isEqualTo(Duration.ofMillis(40).toNanos());
    pass(Duration.ofMillis(30));
    assertThat(clock.untilDue(shown(5_040_000))).isEqualTo(Duration.ofMillis(10).toNanos());
    assertThat(clock.newest()).hasValue(5_040_000);
  }

  @Test
  void shortDelaysAreCaughtUp() {
    shown(0);
    pass(Duration.ofMillis(540));
    assertThat(clock.untilDue(shown(40_000))).isEqualTo(-Duration.ofMillis(500).toNanos());
    assertThat(clock.untilDue(shown(1_000_000))).isEqualTo(Duration.ofMillis(460).toNanos());
  }

  @Test
  void longDelaysShiftTheClock() {
    shown(0);
    pass(Duration.ofSeconds(3));
    assertThat(clock.untilDue(shown(40_000))).isZero();
    assertThat(clock.untilDue(shown(80_000))).isEqualTo(Duration.ofMillis(40).toNanos());
  }

  @Test
  void jumpsAheadAreNotAwaited() {
    shown(0);
    assertThat(clock.untilDue(shown(20_000_000))).isZero();
    assertThat(clock.untilDue(shown(20_040_000))).isEqualTo(Duration.ofMillis(40).toNanos());
    assertThat(clock.untilDue(shown(1_000_000))).as("back").isZero();
  }

  @Test
  void picturesWithoutATimeFollowDirectly() {
    assertThat(clock.next(OptionalLong.empty())).isEqualTo(1);
    shown(9_000_000);
    assertThat(shown(9_040_000)).isEqualTo(40_000);
    assertThat(clock.next(OptionalLong.empty())).isEqualTo(40_001);
  }

  private long shown(long micros) {
    return clock.next(OptionalLong.of(micros));
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
