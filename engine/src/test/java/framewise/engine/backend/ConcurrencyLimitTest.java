package framewise.engine.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConcurrencyLimitTest {
  private final ConcurrencyLimit limit = new ConcurrencyLimit(8);

  @Test
  void isHalvedOnOverloadAndGrowsByOneAfterEnoughAnswers() {
    limit.overloaded();
    assertThat(limit.limit()).isEqualTo(4);
    answer(3);
    assertThat(limit.limit()).isEqualTo(4);
    answer(1);
    assertThat(limit.limit()).isEqualTo(5);
    answer(100);
    assertThat(limit.limit()).as("never more than at first").isEqualTo(8);
  }

  @Test
  void aBurstOfRateLimitsHalvesItOnce() {
    for (int i = 0; i < 4; i++) {
      limit.overloaded();
    }
    assertThat(limit.limit()).isEqualTo(4);
    for (int i = 0; i < 100; i++) {
      limit.overloaded();
    }
    assertThat(limit.limit()).as("never less than one").isEqualTo(1);
  }

  @Test
  void slowAnswersCountAsOverload() {
    answer(20);
    limit.answered(Duration.ofSeconds(1));
    assertThat(limit.limit()).as("slow for it, and still quick").isEqualTo(8);
    limit.answered(Duration.ofSeconds(20));
    assertThat(limit.limit()).isEqualTo(4);
  }

  @Test
  void neverGrantsMorePermitsThanTheLimit() {
    for (int i = 0; i < 8; i++) {
      assertThat(limit.tryAcquire()).isTrue();
    }
    limit.overloaded();
    for (int i = 0; i < 4; i++) {
      limit.release();
      assertThat(limit.tryAcquire()).as("after %d", i).isFalse();
    }
    limit.release();
    assertThat(limit.tryAcquire()).isTrue();
  }

  private void answer(int times) {
    for (int i = 0; i < times; i++) {
      limit.answered(Duration.ofMillis(200));
    }
  }
}
