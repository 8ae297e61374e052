package framewise.engine.delivery.web;

import framewise.engine.delivery.SendResult;
import framewise.engine.delivery.SendResult.SendVerdict;
import framewise.media.network.HttpPost;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Reads receivers' answers by the rules of Standard Webhooks 1.0.0. */
final class HookAnswer {
  private static final int MAX_DIGITS = 9;
  private static final long MANY_SECONDS = 999_999_999;
  private static final DateTimeFormatter FIXED =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);
  private static final DateTimeFormatter ASCTIME =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH);

  private HookAnswer() {}

  /** What an answer means: only 2xx is success, and 3xx is a failure as well. */
  static SendResult read(HttpPost.PostReply answer, Instant now) {
    int status = answer.status();
    boolean accepted = status / 100 == 2;
    SendVerdict verdict =
        switch (status) {
          case 410 -> SendVerdict.GONE;
          case 429, 502, 504 -> SendVerdict.SLOWED;
          default -> accepted ? SendVerdict.DELIVERED : SendVerdict.FAILED;
        };
    return new SendResult(
        verdict,
        OptionalInt.of(status),
        accepted ? Optional.empty() : Optional.of(answer.body()).filter(text -> !text.isBlank()),
        accepted ? Optional.empty() : Optional.of(sentence(status)),
        accepted ? Optional.empty() : retryAfter(answer.head().header("retry-after"), now));
  }

  /** The {@code Retry-After} header, RFC 9110 section 10.2.3: seconds or a date. */
  static Optional<Duration> retryAfter(Optional<String> header, Instant now) {
    return header.map(String::strip).flatMap(text -> retryAfter(text, now));
  }

  private static Optional<Duration> retryAfter(String text, Instant now) {
    if (text.matches("[0-9]+")) {
      // A number too large for a long is still a valid delay; it is capped later.
      return Optional.of(
          Duration.ofSeconds(text.length() > MAX_DIGITS ? MANY_SECONDS : Long.parseLong(text)));
    }
    return date(text, now)
        .filter(until -> until.isAfter(now))
        .map(until -> Duration.between(now, until));
  }

  /** RFC 9110 section 5.6.7: a recipient must accept all three forms. */
  private static Optional<Instant> date(String text, Instant now) {
    return Stream.of(FIXED, twoDigitYears(now), ASCTIME)
        .flatMap(form -> date(text, form).stream())
        .findFirst();
  }

  private static Optional<Instant> date(String text, DateTimeFormatter form) {
    try {
      return Optional.of(LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException another) {
      return Optional.empty();
    }
  }

  /**
   * Two-digit years: a year that seems more than 50 years ahead belongs to the previous century.
   */
  private static DateTimeFormatter twoDigitYears(Instant now) {
    return new DateTimeFormatterBuilder()
        .appendPattern("EEEE, dd-MMM-")
        .appendValueReduced(
            ChronoField.YEAR, 2, 2, now.atZone(ZoneOffset.UTC).toLocalDate().minusYears(49))
        .appendPattern(" HH:mm:ss 'GMT'")
        .toFormatter(Locale.ENGLISH);
  }

  private static String sentence(int status) {
    return switch (status) {
      case 401, 403 -> "The endpoint answered %d: check its credentials.".formatted(status);
      case 404 -> "The endpoint answered 404: check its URL.";
      case 410 -> "The endpoint answered 410 and accepts no more notices.";
      case 413 -> "The endpoint answered 413: the notice is too large.";
      case 429 -> "The endpoint answered 429: too many requests.";
      default ->
          status / 100 == 3
              ? ("The endpoint answered %d: Framewise does not follow redirects. Use the"
                      + " final address.")
                  .formatted(status)
              : "The endpoint answered %d.".formatted(status);
    };
  }
}
