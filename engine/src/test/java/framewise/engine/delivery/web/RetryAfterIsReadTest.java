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

  /**
   * Seen: a receiver that asked to wait 100,000,000,000 seconds got the next attempt after five.
   */
  @Test
  void ofAnyLength() {
    assertThat(read("99999999999999999999")).hasValueSatisfying(RetryAfterIsReadTest::aDayAtLeast);
    assertThat(read("Sat, 06 Nov 2094 08:49:37 GMT"))
        .hasValueSatisfying(RetryAfterIsReadTest::aDayAtLeast);
  }

  private static void aDayAtLeast(Duration wish) {
    assertThat(wish).isGreaterThan(Duration.ofDays(1));
  }

  /** RFC 9110 section 5.6.7. */
  @Test
  void inTheTwoObsoleteDateFormats() {
    assertThat(read("Sunday, 29-Nov-26 12:01:00 GMT")).contains(Duration.ofMinutes(1));
    assertThat(read("Sun Nov 29 12:01:00 2026")).contains(Duration.ofMinutes(1));
    assertThat(read("Tue Dec  1 12:00:00 2026")).contains(Duration.ofDays(2));
    assertThat(read("Saturday, 29-Nov-75 12:01:00 GMT")).isEmpty();
    assertThat(read("Saturday, 29-Nov-80 12:01:00 GMT")).isEmpty();
  }

  @Test
  void orIgnoredWhenInvalidOrPast() {
    assertThat(read("soon")).isEmpty();
    assertThat(read("-5")).isEmpty();
    assertThat(read("Sun, 29 Nov 2026 11:59:00 GMT")).isEmpty();
    assertThat(HookAnswer.retryAfter(Optional.empty(), NOW)).isEmpty();
  }
}
