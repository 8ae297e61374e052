package framewise.engine.delivery;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Result of one attempt.
 *
 * @param verdict what it means
 * @param status of HTTP, where one came
 * @param answer start of the body that came with a failure; cut to {@value #LONGEST_ANSWER}
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
  public static final int LONGEST_ANSWER = 1_024;

  /** Meanings of an attempt. */
  public enum SendVerdict {
    /** The endpoint has the notice. */
    DELIVERED,
    /** It is tried again later. */
    FAILED,
    /** It is tried again later, and everything else for this endpoint waits as well. */
    SLOWED,
    /** The endpoint wants no more notices. */
    GONE
  }

  public SendResult {
    answer = answer.map(text -> text.substring(0, Math.min(text.length(), LONGEST_ANSWER)));
  }

  /** Success of a kind that has no status. */
  public static SendResult delivered() {
    return new SendResult(
        SendVerdict.DELIVERED,
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** A failure without an answer, such as a refused connection. */
  public static SendResult failed(String sentence) {
    return new SendResult(
        SendVerdict.FAILED,
        OptionalInt.empty(),
        Optional.empty(),
        Optional.of(sentence),
        Optional.empty());
  }
}
