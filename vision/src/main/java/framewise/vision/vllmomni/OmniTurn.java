package framewise.vision.vllmomni;

import framewise.time.WallClock;
import java.time.Duration;
import java.util.Optional;

/**
 * The question that is being answered. The server drops an answer when the next question comes, so
 * there is one at a time. Safe for any number of threads.
 */
final class OmniTurn {
  private Optional<PendingQuestion> asked = Optional.empty();

  /**
   * A question.
   *
   * @param nanos when it was sent
   * @param shownNanos when the newest picture before it was shown
   */
  record PendingQuestion(String prompt, long nanos, long shownNanos) {
    Duration inference() {
      return Duration.ofNanos(WallClock.system().nanos() - nanos);
    }

    Duration total() {
      return Duration.ofNanos(WallClock.system().nanos() - shownNanos);
    }
  }

  /** Begins; has no effect while another is being answered. */
  synchronized void begin(PendingQuestion next) {
    asked = asked.or(() -> Optional.of(next));
  }

  /** Ends it; empty where none is being answered. */
  synchronized Optional<PendingQuestion> end() {
    Optional<PendingQuestion> ended = asked;
    asked = Optional.empty();
    return ended;
  }

  /** Ends it if it takes longer than this. */
  synchronized Optional<PendingQuestion> endIfLate(Duration patience) {
    return asked.filter(it -> it.inference().compareTo(patience) > 0).flatMap(late -> end());
  }

  synchronized boolean isIdle() {
    return asked.isEmpty();
  }
}
