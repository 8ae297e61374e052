package framewise.engine.delivery.web;

import framewise.engine.delivery.SendResult;
import framewise.engine.delivery.SendResult.Verdict;
import framewise.media.network.HttpPost;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads receivers' answers by the rules of Standard Webhooks 1.0.0. */
final class HookAnswer {
  private HookAnswer() {}

  /** What an answer means: only 2xx is success, and 3xx is a failure as well. */
  static SendResult read(HttpPost.Answer answer, Instant now) {
    int status = answer.status();
    boolean accepted = status / 100 == 2;
    Verdict verdict =
        switch (status) {
          case 410 -> Verdict.GONE;
          case 429, 502, 504 -> Verdict.SLOWED;
          default -> accepted ? Verdict.DELIVERED : Verdict.FAILED;
        };
    return new SendResult(
        verdict,
        OptionalInt.of(status),
        accepted ? Optional.empty() : Optional.of(answer.body()).filter(text -> !text.isBlank()),
        accepted ? Optional.empty() : Optional.of(sentence(status)),
        accepted ? Optional.empty() : retryAfter(answer.head().header("retry-after"), now));
  }

  /** The header {@code Retry-After}, RFC 9110 section 10.2.3: seconds or a date. */
  static Optional<Duration> retryAfter(Optional<String> header, Instant now) {
    return header.map(String::strip).flatMap(text -> retryAfter(text, now));
  }

  private static Optional<Duration> retryAfter(String text, Instant now) {
    if (text.matches("[0-9]{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      Instant until =
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT))
              .toInstant();
      return until.isAfter(now) ? Optional.of(Duration.between(now, until)) : Optional.empty();
    } catch (DateTimeException neither) {
      return Optional.empty();
    }
  }

  private static String sentence(int status) {
    return switch (status) {
      case 401, 403 -> "It answered %d: it does not accept the credentials.".formatted(status);
      case 404 -> "It answered 404: there is nothing at this address.";
      case 410 -> "It answered 410: it wants no more notices.";
      case 413 -> "It answered 413: the notice is too large for it.";
      case 429 -> "It answered 429: it wants fewer requests.";
      default ->
          status / 100 == 3
              ? "It answered %d: redirects are not followed. Use the address it names."
                  .formatted(status)
              : "It answered %d.".formatted(status);
    };
  }
}
