package framewise.server.command.replay;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.RefusedException;
import framewise.engine.lookback.Lookback;
import framewise.engine.session.Session;
import framewise.engine.session.Sessions;
import framewise.engine.settings.Prompt;
import framewise.engine.settings.PromptSettings;
import framewise.engine.settings.StreamSettings;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Asks the questions of an opened bundle again and compares the answers. Used by one thread. */
public final class BundleReplay {
  private final Sessions sessions;
  private final Session session;
  private final ReplayRequest request;

  public BundleReplay(Sessions sessions, Session session, ReplayRequest request) {
    this.sessions = sessions;
    this.session = session;
    this.request = request;
  }

  /**
   * Replays and prints the differences.
   *
   * @param json whether to print one JSON object
   * @return whether every answer is the same
   * @throws RefusedException when there is nothing to ask, or it cannot be asked
   */
  public boolean run(boolean json, PrintWriter out) throws InterruptedException {
    int run = request.run().orElseGet(() -> session.log().run());
    StreamSettings settings = settings(run);
    List<RecordedQuestion> questions =
        RecordedQuestion.of(session, settings, run).stream().filter(this::isChosen).toList();
    if (questions.isEmpty()) {
      throw refused(
          "Run %d of this bundle has no answers to %s."
              .formatted(run, request.question().map(name -> "\"" + name + "\"").orElse("replay")));
    }
    requireOneQuestion(questions);
    List<Comparison> compared = new ArrayList<>();
    for (RecordedQuestion question : questions) {
      compared.add(replay(question, settings));
    }
    if (json) {
      out.println(ComparisonText.escaped(ComparisonText.json(compared)));
    } else {
      ComparisonText.print(compared, out);
    }
    return compared.stream().allMatch(Comparison::isSame);
  }

  private Comparison replay(RecordedQuestion question, StreamSettings settings)
      throws InterruptedException {
    PromptSettings asked = replayedSettings(question.settings());
    Map<Integer, ReplayedAnswer> now =
        sessions
            .replay()
            .ask(
                settings.withPrompts(List.of(asked)).withFallback(List.of()),
                session.file(),
                session.footage(),
                question.answers().stream().map(RecordedQuestion.RecordedAnswer::clip).toList(),
                answered -> {})
            .entrySet()
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, one -> ReplayedAnswer.of(one.getValue())));
    return Comparison.of(question, asked, now);
  }

  /** The settings of the run: a look-back has its own. */
  private StreamSettings settings(int run) {
    return sessions.lookbacks().of(session).stream()
        .filter(lookback -> lookback.run() == run)
        .map(Lookback::settings)
        .findFirst()
        .or(() -> session.view().settings())
        .orElseThrow(() -> refused("The session of this bundle was never started."))
        .withBudget(Optional.empty());
  }

  private PromptSettings replayedSettings(PromptSettings recorded) {
    PromptSettings asked = recorded;
    if (request.backend().isPresent() && !request.backend().equals(recorded.backend())) {
      asked = asked.toAnother().withBackend(request.backend());
    }
    if (request.model().isPresent()) {
      asked = asked.withModel(request.model());
    }
    return request.prompt().map(Prompt::new).map(asked::withPrompt).orElse(asked);
  }

  private boolean isChosen(RecordedQuestion question) {
    return request.question().isEmpty() || request.question().equals(question.settings().name());
  }

  private void requireOneQuestion(List<RecordedQuestion> questions) {
    long names = questions.stream().map(one -> one.settings().name()).distinct().count();
    if (request.prompt().isPresent() && names > 1) {
      throw refused("This bundle has several questions: name one with --question.");
    }
  }

  private static RefusedException refused(String sentence) {
    return Refusal.of(Code.INVALID_REQUEST, sentence).asException();
  }
}
