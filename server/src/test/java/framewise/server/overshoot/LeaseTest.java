package framewise.server.overshoot;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.testing.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * The clock's value overflows during these tests, because a steady time may start at any number.
 */
class LeaseTest {
  private final ManualClock clock = new ManualClock(Long.MAX_VALUE - 1_000_000_000L);
  private final StreamExpiry lease = new StreamExpiry(clock, Duration.ofSeconds(30));

  @Test
  void expiresAfterItsDuration() {
    clock.advance(Duration.ofMillis(29_999));
    assertThat(lease.isOver()).isFalse();
    clock.advance(Duration.ofMillis(1));
    assertThat(lease.isOver()).isTrue();
  }

  @Test
  void isFullAgainAfterARenewal() {
    for (int times = 0; times < 10; times++) {
      clock.advance(Duration.ofSeconds(29));
      lease.renew();
    }
    clock.advance(Duration.ofSeconds(29));
    assertThat(lease.isOver()).isFalse();
    assertThat(lease.seconds()).isEqualTo(30);
  }
}
