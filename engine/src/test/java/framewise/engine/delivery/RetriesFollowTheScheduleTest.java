package framewise.engine.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetriesFollowTheScheduleTest {
  private static final List<Duration> STANDARD =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(14),
          Duration.ofHours(20),
          Duration.ofHours(24));

  private final RetrySchedule schedule = new RetrySchedule(new Random(7));

  @Test
  void tenAttemptsWithTenPercentJitter() {
    for (int failed = 1; failed <= STANDARD.size(); failed++) {
      Duration named = STANDARD.get(failed - 1);
      assertThat(schedule.delay(failed, Optional.empty()))
          .get()
          .satisfies(delay -> assertThat(delay).isBetween(named, named.plus(named.dividedBy(10))));
    }
    assertThat(schedule.delay(RetrySchedule.ATTEMPTS, Optional.empty())).isEmpty();
  }

  @Test
  void simultaneousFailuresAreRetriedAtDifferentTimes() {
    assertThat(schedule.delay(3, Optional.empty()))
        .isNotEqualTo(schedule.delay(3, Optional.empty()));
  }

  @Test
  void retryAfterIsHonoredUpToADay() {
    assertThat(schedule.delay(1, Optional.of(Duration.ofMinutes(3))))
        .contains(Duration.ofMinutes(3));
    assertThat(schedule.delay(1, Optional.of(Duration.ofDays(365)))).contains(Duration.ofHours(24));
    assertThat(schedule.delay(2, Optional.of(Duration.ofSeconds(1))))
        .get()
        .satisfies(delay -> assertThat(delay).isGreaterThanOrEqualTo(Duration.ofMinutes(5)));
  }

  @Test
  void repeatedRateLimitsPauseLongerAndLonger() {
    assertThat(schedule.pause(1, Optional.empty()))
        .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(33));
    assertThat(schedule.pause(4, Optional.empty()))
        .isBetween(Duration.ofMinutes(4), Duration.ofSeconds(264));
    assertThat(schedule.pause(100, Optional.empty()))
        .isBetween(Duration.ofMinutes(10), Duration.ofMinutes(11));
    assertThat(schedule.pause(100, Optional.of(Duration.ofSeconds(7)))).hasSeconds(7);
  }
}
