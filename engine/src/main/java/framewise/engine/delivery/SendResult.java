package framewise.engine.delivery;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Result of one attempt.
 *
 * @param verdict what it means
 * @param status HTTP status; empty where there was no response
 * @param answer start of the response body of a failed attempt; cut to {@value #MAX_ANSWER_LENGTH}
 *     characters
 * @param error a sentence, empty for success
 * @param retryAfter how long the endpoint asks to wait
 */
public record SendResult(
    SendVerdict verdict,
    OptionalInt status,
    Optional<String> answer,
    Optional<String> error,
    Optional<Duration> retryAfter) {
  /** Maximum length of a stored answer, in characters. */
  public static final int MAX_ANSWER_LENGTH = 1_024;

  /** Outcomes of an attempt. */
  public enum SendVerdict {
    /** The endpoint has the notice. */
    DELIVERED,
    /** It is tried again later. */
    FAILED,
    /** It is tried again later, and all other deliveries to this endpoint pause as well. */
    SLOWED,
    /** The endpoint wants no more notices. */
    GONE
  }

  public SendResult {
    answer = answer.map(text -> text.substring(0, Math.min(text.length(), MAX_ANSWER_LENGTH)));
  }

  /** Success over a protocol without status codes. */
  public static SendResult delivered() {
    return new SendResult(
        SendVerdict.DELIVERED,
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Failure without a response, such as a refused connection. */
  public static SendResult failed(String sentence) {
    return new SendResult(
        SendVerdict.FAILED,
        OptionalInt.empty(),
        Optional.empty(),
        Optional.of(sentence),
        Optional.empty());
  }
}
