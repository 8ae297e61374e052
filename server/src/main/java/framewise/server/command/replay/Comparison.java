package framewise.server.command.replay;

import framewise.engine.settings.PromptSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Recorded and new answers to one question.
 *
 * @param recorded the prompt as recorded
 * @param asked the prompt as asked in the replay
 * @param answers one for each recorded answer
 */
record Comparison(PromptSettings recorded, PromptSettings asked, List<ClipComparison> answers) {
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

  /** The answers about one clip. */
  record ClipComparison(RecordedQuestion.RecordedAnswer recorded, ReplayedAnswer now, Kind kind) {}

  Comparison {
    answers = List.copyOf(answers);
  }

  /**
   * Compares the recorded answers with the new ones.
   *
   * @param now new answers, by the index of the recorded one
   */
  static Comparison of(
      RecordedQuestion question, PromptSettings asked, Map<Integer, ReplayedAnswer> now) {
    List<ClipComparison> compared = new ArrayList<>();
    for (int i = 0; i < question.answers().size(); i++) {
      RecordedQuestion.RecordedAnswer recorded = question.answers().get(i);
      ReplayedAnswer answer = now.getOrDefault(i, ReplayedAnswer.NO_PICTURE);
      compared.add(new ClipComparison(recorded, answer, kind(recorded.answer(), answer)));
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
