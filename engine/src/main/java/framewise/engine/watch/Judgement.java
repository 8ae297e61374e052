package framewise.engine.watch;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.engine.incident.Moment;
import framewise.engine.result.Event;
import framewise.media.MediaTime;
import java.time.Instant;
import java.util.Optional;

/**
 * Verdict of a watch on an answer.
 *
 * @param clearness how clearly it meets the condition
 */
record Judgement(Verdict verdict, double clearness) {
  /** Verdict field in answers to a watch's own questions. */
  static final String VERDICT = "verdict";

  private static final WatchExpression SAID = WatchExpression.parse(VERDICT);

  /** Judges a result; empty if the watch does not apply to it. */
  static Optional<Judgement> of(Watch watch, Event.Result result, AnswerFields fields) {
    return of(watch, result.name(), result.prompt(), fields);
  }

  /**
   * Judges a result of a question with this name.
   *
   * @param question name of its question; empty where it has none
   * @param text of its question
   */
  static Optional<Judgement> of(
      Watch watch, Optional<String> question, String text, AnswerFields fields) {
    return switch (watch.when()) {
      case Condition.Words words ->
          question
              .filter(watch.resultName()::equals)
              // A watch of another owner may have the same name.
              .filter(name -> text.startsWith(words.question()))
              .map(own -> new Judgement(SAID.test(fields), 0));
      case Condition.Fields(var expression, var prompt) -> {
        boolean concerned =
            prompt.isPresent()
                ? prompt.equals(question)
                : question.filter(Judgement::isOfAWatch).isEmpty();
        yield concerned
            ? Optional.of(new Judgement(expression.test(fields), expression.clearness(fields)))
            : Optional.empty();
      }
    };
  }

  private static boolean isOfAWatch(String name) {
    return name.startsWith(Watch.RESULT_PREFIX);
  }

  /** Time and clip of a result. */
  static Moment moment(long seq, int run, Instant at, Event.Result result) {
    return new Moment(seq, run, result.clip().end(), at, at.minus(result.totalLatency()));
  }

  /** Like {@link #moment(long, int, Instant, Event.Result)}, of a stored result. */
  static Moment moment(long seq, int run, JsonNode result) {
    Instant at = Instant.parse(result.path("at").asText());
    return new Moment(
        seq,
        run,
        MediaTime.ofSeconds(result.path("clip").path("end_seconds").asDouble()),
        at,
        at.minusMillis(Math.round(result.path("total_latency_ms").asDouble())));
  }
}
