package framewise.engine.result;

import framewise.engine.SessionId;
import java.time.Instant;
import java.util.Optional;

/**
 * Which answers are searched. What is empty makes no difference.
 *
 * @param question the name of a prompt, or the whole prompt where it has none
 * @param from answers that still held then or later
 * @param to answers that began before
 * @param ok true for answers, false for failures
 */
public record AnswerFilter(
    Optional<SessionId> session,
    Optional<String> question,
    Optional<String> backend,
    Optional<Instant> from,
    Optional<Instant> to,
    Optional<Boolean> ok) {
  public static final AnswerFilter ALL =
      new AnswerFilter(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** Whether the session alone decides. */
  boolean isPlain() {
    return question.isEmpty()
        && backend.isEmpty()
        && from.isEmpty()
        && to.isEmpty()
        && ok.isEmpty();
  }
}
