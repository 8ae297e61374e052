package framewise.engine.pipeline;

import framewise.engine.backend.Turn;
import framewise.engine.money.Attempt;
import framewise.engine.money.RequestSize;
import framewise.media.Clip;
import framewise.vision.Answer;
import framewise.vision.AnswerException;
import framewise.vision.ClipBackend;
import framewise.vision.Usage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who was asked about one clip, and what that took: each turn once, whatever comes of it later.
 * Safe for any number of threads.
 */
final class Attempts {
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
    add(turn, asked(turn), why.usage(), sent && why.mayBeBilled());
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
}
