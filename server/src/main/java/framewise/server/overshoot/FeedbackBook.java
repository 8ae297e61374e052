package framewise.server.overshoot;

import framewise.overshoot.wire.Feedback;
import framewise.overshoot.wire.answer.FeedbackEntry;
import framewise.server.access.secret.KeyHash;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Feedback of clients about their streams, the newest of all keys, in memory only: the call is
 * deprecated and was meant for the original's makers, so losing it on restart does no harm. Safe
 * for any number of threads.
 */
final class FeedbackBook {
  static final int MAX_TEXT_LENGTH = 2_000;
  static final int MAX_COUNT = 2_000;

  private final Deque<KeyFeedback> newest = new ArrayDeque<>();

  private record KeyFeedback(KeyHash key, FeedbackEntry entry) {}

  synchronized void add(KeyHash key, String streamId, Feedback feedback, Instant at) {
    var time = Optional.of(at.toString());
    newest.addLast(
        new KeyFeedback(
            key,
            new FeedbackEntry(
                UUID.randomUUID().toString(),
                streamId,
                feedback.rating(),
                feedback.category(),
                feedback.feedback(),
                time,
                time)));
    if (newest.size() > MAX_COUNT) {
      newest.removeFirst();
    }
  }

  /** Feedback of this key, the oldest first. */
  synchronized List<FeedbackEntry> of(KeyHash key) {
    return newest.stream().filter(said -> said.key().isSame(key)).map(KeyFeedback::entry).toList();
  }
}
