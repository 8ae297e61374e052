package framewise.engine.search;

import framewise.engine.SessionId;
import java.time.Instant;
import java.util.Optional;

/**
 * Filter for searching answers. Empty values do not filter.
 *
 * @param question name of a prompt, or its text where it has no name
 * @param from only answers that still applied at or after this time
 * @param to only answers that began before this time
 * @param ok true for answers only, false for failures only
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

  /** Whether it filters by nothing except the session. */
  boolean isPlain() {
    return question.isEmpty()
        && backend.isEmpty()
        && from.isEmpty()
        && to.isEmpty()
        && ok.isEmpty();
  }
}
