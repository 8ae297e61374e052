package framewise.server.overshoot;

import framewise.overshoot.wire.Feedback;
import framewise.overshoot.wire.answer.StatusResponse;
import framewise.server.access.secret.KeyHash;
import framewise.server.http.Fields;
import framewise.server.http.JsonBody;
import framewise.time.WallClock;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/** Calls for clients' feedback about their streams. */
final class FeedbackCalls {
  private static final int BEST = 10;
  private static final int MAX_CATEGORY_LENGTH = 200;

  private final HostedStreams streams;
  private final WallClock clock;
  private final FeedbackBook book = new FeedbackBook();

  FeedbackCalls(HostedStreams streams, WallClock clock) {
    this.streams = streams;
    this.clock = clock;
  }

  void add(Context context, KeyHash key) throws IOException {
    HostedStream stream = StreamPath.any(streams, context, key);
    Fields fields = JsonBody.read(context, JsonBody.LIMIT);
    if (!fields.has("rating")) {
      fields.add("rating", "rating is missing but must be a whole number from 0 to 10");
    }
    OptionalInt rating = fields.wholeNumber("rating", 0, BEST);
    Optional<String> category = fields.requiredString("category");
    checkText(fields, "category", category, 1, MAX_CATEGORY_LENGTH);
    Optional<String> words = fields.string("feedback");
    checkText(fields, "feedback", words, 0, FeedbackBook.MAX_TEXT_LENGTH);
    fields.requireSound();
    book.add(
        key,
        stream.id(),
        new Feedback(rating.orElseThrow(), category.orElseThrow(), words.orElse("")),
        clock.now());
    WireReply.send(context, StatusResponse.OK);
  }

  void list(Context context, KeyHash key) {
    WireReply.send(context, book.of(key));
  }

  private static void checkText(
      Fields fields, String name, Optional<String> text, int least, int most) {
    if (text.isPresent() && (text.get().strip().length() < least || text.get().length() > most)) {
      fields.add(
          name,
          "%s has %d characters but must have %d to %d"
              .formatted(name, text.get().strip().length(), least, most));
    }
  }
}
