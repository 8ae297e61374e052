package framewise.server.access.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.time.WallClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SignInLimitsTest {
  private long nanos;
  private final WallClock clock =
      new WallClock() {
        @Override
        public Instant now() {
          return Instant.EPOCH.plusNanos(nanos);
        }

        @Override
        public long nanos() {
          return nanos;
        }

        @Override
        public void awaitNanos(long deadline) {
          nanos = Math.max(nanos, deadline);
        }
      };
  private final SignInLimits limits = new SignInLimits(new LocalAttempts(clock));

  @Test
  void afterFiveAttemptsEachWaitDoubles() {
    for (int i = 0; i < 5; i++) {
      assertThat(limits.attempt("a", "ada")).isEmpty();
    }
    for (int seconds : new int[] {1, 2, 4, 8}) {
      assertThat(limits.attempt("a", "ada")).contains(Duration.ofSeconds(seconds));
      nanos += Duration.ofSeconds(seconds).toNanos();
      assertThat(limits.attempt("a", "ada")).isEmpty();
    }
  }

  @Test
  void noWaitIsLongerThanAQuarterOfAnHour() {
    for (int i = 0; i < 40; i++) {
      limits.attempt("a", "ada").ifPresent(wait -> nanos += wait.toNanos());
    }
    assertThat(limits.attempt("a", "ada").orElse(Duration.ZERO))
        .isLessThanOrEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void otherSendersAndAccountsAreNotBlocked() {
    for (int i = 0; i < 6; i++) {
      limits.attempt("a", "ada");
    }
    assertThat(limits.attempt("b", "ada")).isEmpty();
    assertThat(limits.attempt("a", "bob")).isEmpty();
  }

  @Test
  void aSenderThatTriesManyAccountsIsBlocked() {
    int free = 0;
    while (free < 100 && limits.attempt("a", "account" + free).isEmpty()) {
      free++;
    }
    assertThat(free).isEqualTo(20);
  }

  @Test
  void aCorrectPasswordResetsTheCount() {
    for (int i = 0; i < 5; i++) {
      limits.attempt("a", "ada");
    }
    limits.succeeded("a", "ada");
    assertThat(limits.attempt("a", "ada")).isEmpty();
  }

  @Test
  void countsExpireAfterAnHour() {
    for (int i = 0; i < 9; i++) {
      limits.attempt("a", "ada").ifPresent(wait -> nanos += wait.toNanos());
    }
    nanos += Duration.ofMinutes(61).toNanos();
    assertThat(limits.attempt("a", "ada")).isEmpty();
  }
}
