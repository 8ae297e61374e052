package framewise.server.overshoot;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.overshoot.wire.Feedback;
import framewise.overshoot.wire.answer.FeedbackEntry;
import framewise.server.access.secret.KeyHash;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FeedbackBookTest {
  private static final KeyHash KEY = KeyHash.of("a");
  private static final KeyHash OTHER = KeyHash.of("b");

  @Test
  void keysReadTheirOwnFeedbackAndOnlyTheNewestIsKept() {
    var book = new FeedbackBook();
    book.add(OTHER, "first", new Feedback(1, "bug", ""), Instant.EPOCH);
    for (int i = 1; i < FeedbackBook.MAX_COUNT; i++) {
      book.add(KEY, "s" + i, new Feedback(10, "praise", "good"), Instant.EPOCH);
    }
    assertThat(book.of(OTHER)).extracting(FeedbackEntry::streamId).containsExactly("first");
    assertThat(book.of(KEY)).hasSize(FeedbackBook.MAX_COUNT - 1);
    assertThat(book.of(KEY).getFirst().streamId()).isEqualTo("s1");

    book.add(KEY, "newest", new Feedback(0, "praise", ""), Instant.EPOCH);

    assertThat(book.of(OTHER)).isEmpty();
    assertThat(book.of(KEY).getLast().streamId()).isEqualTo("newest");
    assertThat(book.of(KEY).getLast().createdAt()).contains("1970-01-01T00:00:00Z");
  }
}
