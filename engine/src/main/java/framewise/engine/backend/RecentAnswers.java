package framewise.engine.backend;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;

/**
 * The last requests to one back end, at most {@link #MAX_COUNT}. Safe for any number of threads.
 */
final class RecentAnswers {
  static final int MAX_COUNT = 60;

  private final ArrayDeque<RecentAnswer> answers = new ArrayDeque<>(MAX_COUNT);

  synchronized void add(Instant at, Duration latency, boolean ok) {
    if (answers.size() == MAX_COUNT) {
      answers.removeFirst();
    }
    answers.addLast(new RecentAnswer(at, latency, ok));
  }

  /** A copy, oldest first. */
  synchronized List<RecentAnswer> all() {
    return List.copyOf(answers);
  }
}
