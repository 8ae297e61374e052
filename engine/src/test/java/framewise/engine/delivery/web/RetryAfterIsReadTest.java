package framewise.engine.delivery.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetryAfterIsReadTest {
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

  private static Optional<Duration> read(String header) {
    return HookAnswer.retryAfter(Optional.of(header), NOW);
  }

  @Test
  void asSecondsOrAsADate() {
    assertThat(read("120")).contains(Duration.ofMinutes(2));
    assertThat(read("Sun, 29 Nov 2026 12:01:00 GMT")).contains(Duration.ofMinutes(1));
  }

  @Test
  void andIgnoredWhenItIsNeitherOrOver() {
    assertThat(read("soon")).isEmpty();
    assertThat(read("-5")).isEmpty();
    assertThat(read("99999999999999999999")).isEmpty();
    assertThat(read("Sun, 29 Nov 2026 11:59:00 GMT")).isEmpty();
    assertThat(HookAnswer.retryAfter(Optional.empty(), NOW)).isEmpty();
  }
}
