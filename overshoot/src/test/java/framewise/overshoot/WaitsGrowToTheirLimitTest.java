package framewise.overshoot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WaitsGrowToTheirLimitTest {

  @Test
  void theDefaultWaits() {
    assertThat(IntStream.rangeClosed(1, 8).mapToLong(i -> Backoff.DEFAULT.before(i).toSeconds()))
        .containsExactly(1L, 2L, 4L, 8L, 10L, 10L, 10L, 10L);
    assertThat(Backoff.DEFAULT.before(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void invalidSettingsAreRefused() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new Backoff(Duration.ZERO, second, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Backoff(second, second, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Timeouts(second, Duration.ZERO, second, second))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
