package framewise.vision.chat.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a service asks to wait, in any form: {@code retry-after-ms} (OpenAI and Anthropic),
 * {@code Retry-After} in seconds or as a date (RFC 9110, 10.2.3), {@code google.rpc.RetryInfo} in
 * Gemini's error, and the end of an exhausted rate limit's window.
 */
public final class RetryAfter {
  /** Longer waits are ignored. */
  private static final Duration MAX_WAIT = Duration.ofHours(24);

  private static final Pattern SECONDS = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)s?");

  /** Go's format of durations: {@code 6m0s}, {@code 120ms}. */
  private static final Pattern GO_DURATION =
      Pattern.compile("(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,9}(?:\\.\\d{1,9})?)s)?");

  private static final Pattern GO_MILLIS = Pattern.compile("(\\d{1,9})ms");

  private final Instant now;

  public RetryAfter(Instant now) {
    this.now = now;
  }

  /**
   * The wait that a reply asks for.
   *
   * @param error its error body
   */
  public Optional<Duration> of(HttpHeaders headers, JsonNode error) {
    return header(headers, "retry-after-ms", RetryAfter::millis)
        .or(() -> header(headers, "retry-after", this::secondsOrDate))
        .or(() -> retryInfo(error))
        .or(() -> usedUp(headers, "x-ratelimit-remaining-requests", "x-ratelimit-reset-requests"))
        .or(() -> usedUp(headers, "x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens"))
        .or(() -> usedUp(headers, "x-ratelimit-remaining", "x-ratelimit-reset"))
        .or(() -> anthropic(headers, "requests"))
        .or(() -> anthropic(headers, "tokens"))
        .filter(wait -> wait.isPositive())
        .map(wait -> wait.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : wait);
  }

  private Optional<Duration> anthropic(HttpHeaders headers, String what) {
    String prefix = "anthropic-ratelimit-" + what;
    return usedUp(headers, prefix + "-remaining", prefix + "-reset");
  }

  /** The end of a limit's window, if the limit is used up. */
  private Optional<Duration> usedUp(HttpHeaders headers, String remaining, String reset) {
    return headers.firstValue(remaining).filter(left -> left.strip().equals("0")).isPresent()
        ? header(headers, reset, this::momentOrWait)
        : Optional.empty();
  }

  private static Optional<Duration> retryInfo(JsonNode error) {
    for (JsonNode detail : error.at("/error/details")) {
      if (detail.path("@type").asText().endsWith("google.rpc.RetryInfo")) {
        return seconds(detail.path("retryDelay").asText());
      }
    }
    return Optional.empty();
  }

  private static Optional<Duration> header(
      HttpHeaders headers, String name, Function<String, Optional<Duration>> read) {
    return headers.firstValue(name).map(String::strip).flatMap(read);
  }

  private Optional<Duration> secondsOrDate(String text) {
    return seconds(text).or(() -> until(text, DateTimeFormatter.RFC_1123_DATE_TIME));
  }

  /** A date (Anthropic), seconds since 1970 (Overshoot) or a wait (OpenAI). */
  private Optional<Duration> momentOrWait(String text) {
    if (text.matches("\\d{10}")) {
      return Optional.of(Duration.between(now, Instant.ofEpochSecond(Long.parseLong(text))));
    }
    return until(text, DateTimeFormatter.ISO_ZONED_DATE_TIME).or(() -> go(text));
  }

  private Optional<Duration> until(String text, DateTimeFormatter form) {
    try {
      return Optional.of(Duration.between(now, ZonedDateTime.parse(text, form).toInstant()));
    } catch (DateTimeException noDate) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> millis(String text) {
    return seconds(text).map(thousand -> thousand.dividedBy(1_000));
  }

  private static Optional<Duration> seconds(String text) {
    Matcher matcher = SECONDS.matcher(text);
    return matcher.matches() ? Optional.of(seconds(matcher, 1)) : Optional.empty();
  }

  private static Optional<Duration> go(String text) {
    Matcher millis = GO_MILLIS.matcher(text);
    if (millis.matches()) {
      return Optional.of(Duration.ofMillis(Long.parseLong(millis.group(1))));
    }
    Matcher matcher = GO_DURATION.matcher(text);
    return matcher.matches() && !text.isEmpty()
        ? Optional.of(
            Duration.ofHours(whole(matcher, 1))
                .plusMinutes(whole(matcher, 2))
                .plus(seconds(matcher, 3)))
        : Optional.empty();
  }

  private static Duration seconds(Matcher matcher, int group) {
    return Optional.ofNullable(matcher.group(group))
        .map(text -> Duration.ofNanos((long) (Double.parseDouble(text) * 1e9)))
        .orElse(Duration.ZERO);
  }

  private static long whole(Matcher matcher, int group) {
    return Optional.ofNullable(matcher.group(group)).map(Long::parseLong).orElse(0L);
  }
}
