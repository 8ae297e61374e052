package framewise.engine.result;

import java.time.Instant;

/**
 * A result to be indexed.
 *
 * @param question the prompt's name, or its text where it has none
 * @param prompt text of the prompt, because all questions from the API and agents have the same
 *     name
 * @param text the answer or the failure's message
 * @param startMicros start of its clip in the video, in microseconds
 */
record IndexedAnswer(
    long seq,
    int run,
    String question,
    String prompt,
    String text,
    boolean ok,
    String backend,
    long startMicros,
    long endMicros,
    Instant at) {
  static IndexedAnswer of(LoggedEvent logged, Event.Result result, Instant at) {
    String text =
        switch (result.outcome()) {
          case Event.Outcome.Answered answered -> answered.text();
          case Event.Outcome.Failed failed -> failed.message();
        };
    return new IndexedAnswer(
        logged.seq(),
        logged.run(),
        result.name().orElse(result.prompt()),
        result.prompt(),
        text,
        result.ok(),
        result.backend(),
        result.clip().start().micros(),
        result.clip().end().micros(),
        at);
  }
}
