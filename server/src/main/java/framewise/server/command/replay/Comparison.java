package framewise.server.command.replay;

import framewise.engine.settings.PromptSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The answers to one question, then and now.
 *
 * @param recorded the prompt as it was asked
 * @param asked the prompt as it was asked now
 * @param answers one for each recorded answer
 */
record Comparison(PromptSettings recorded, PromptSettings asked, List<Compared> answers) {
  /** How an answer differs. */
  enum Kind {
    SAME,
    CHANGED,
    /** There was an answer, and now there is none. */
    MISSING,
    /** There was no answer, and now there is one. */
    NEW;

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** One clip. */
  record Compared(RecordedQuestion.RecordedAnswer recorded, ReplayedAnswer now, Kind kind) {}

  Comparison {
    answers = List.copyOf(answers);
  }

  /**
   * Compares.
   *
   * @param now answers by the place of the recorded one
   */
  static Comparison of(
      RecordedQuestion question, PromptSettings asked, Map<Integer, ReplayedAnswer> now) {
    List<Compared> compared = new ArrayList<>();
    for (int i = 0; i < question.answers().size(); i++) {
      RecordedQuestion.RecordedAnswer recorded = question.answers().get(i);
      ReplayedAnswer answer = now.getOrDefault(i, ReplayedAnswer.NO_PICTURE);
      compared.add(new Compared(recorded, answer, kind(recorded.answer(), answer)));
    }
    return new Comparison(question.settings(), asked, compared);
  }

  long count(Kind kind) {
    return answers.stream().filter(answer -> answer.kind() == kind).count();
  }

  boolean isSame() {
    return count(Kind.SAME) == answers.size();
  }

  private static Kind kind(ReplayedAnswer before, ReplayedAnswer now) {
    if (before.says(now)) {
      return Kind.SAME;
    }
    if (before.ok() && now.ok()) {
      return Kind.CHANGED;
    }
    return now.ok() ? Kind.NEW : Kind.MISSING;
  }
}
