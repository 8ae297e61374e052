package framewise.engine.pipeline;

import framewise.engine.backend.Turn;
import framewise.engine.money.Attempt;
import framewise.engine.money.RequestSize;
import framewise.media.Clip;
import framewise.vision.Answer;
import framewise.vision.AnswerException;
import framewise.vision.ClipBackend;
import framewise.vision.Usage;
import framewise.vision.chat.ChatBackend;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who was asked about one clip, and what that took: each turn once, whatever comes of it later.
 * Safe for any number of threads.
 */
final class Attempts {
  /** The service was not reached, or sent the question back: it did no work that costs. */
  private static final Set<String> NO_WORK =
      Set.of(
          "unreachable",
          "unauthorized",
          "insufficient_credits",
          "unknown_model",
          "invalid_request",
          "rate_limited",
          "schema_unsupported");

  private final Clip clip;
  private final PromptSettings prompt;
  private final Map<Turn, Attempt> byTurn = new LinkedHashMap<>();
  private Optional<Turn> sending = Optional.empty();

  Attempts(Clip clip, PromptSettings prompt) {
    this.clip = clip;
    this.prompt = prompt;
  }

  /** A service is being sent the question. */
  synchronized void sending(Turn turn) {
    sending = Optional.of(turn);
  }

  synchronized void answered(Turn turn, Answer answer) {
    add(turn, answer.model(), answer.usage(), true);
  }

  synchronized void failed(Turn turn, AnswerException why) {
    boolean sent = sending.equals(Optional.of(turn));
    add(turn, asked(turn), why.usage(), sent && mayHaveWorked(why));
  }

  /** The last one is that of the result. */
  synchronized List<Attempt> list() {
    return List.copyOf(byTurn.values());
  }

  private void add(Turn turn, String model, Optional<Usage> usage, boolean worked) {
    ClipBackend backend = turn.backend();
    boolean remote = backend.isRemote();
    var size =
        RequestSize.of(
            clip,
            backend.pictureSize(prompt.prompt().text()),
            prompt.characters(),
            prompt.maxOutputTokens());
    byTurn.putIfAbsent(
        turn,
        new Attempt(
            backend.name(),
            asked(turn),
            model,
            usage.filter(known -> remote),
            worked && remote,
            Optional.of(size)));
  }

  private String asked(Turn turn) {
    return prompt.modelOf(turn.backend()).orElse("");
  }

  /** Where it was cut off, or too late, it worked; an error in the place of an answer is none. */
  private static boolean mayHaveWorked(AnswerException why) {
    return why.code().equals("timeout")
        || !(NO_WORK.contains(why.code()) || ChatBackend.didNoWork(why));
  }
}
