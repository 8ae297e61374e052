package framewise.engine.pipeline;

import framewise.engine.backend.RequestPermit;
import framewise.engine.money.Attempt;
import framewise.engine.money.RequestSize;
import framewise.engine.settings.PromptSettings;
import framewise.media.picture.Clip;
import framewise.vision.Answer;
import framewise.vision.AnswerException;
import framewise.vision.ClipBackend;
import framewise.vision.Usage;
import framewise.vision.tool.ToolUse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests made for one clip; each is recorded exactly once. Safe for any number of threads. */
final class Attempts {
  private final Clip clip;
  private final PromptSettings prompt;
  private final int characters;
  private final Map<RequestPermit, Attempt> byPermit = new LinkedHashMap<>();
  private Optional<RequestPermit> sending = Optional.empty();

  Attempts(Clip clip, PromptSettings prompt, Optional<ToolUse> tools) {
    this.clip = clip;
    this.prompt = prompt;
    this.characters = prompt.characters() + tools.map(ToolUse::characters).orElse(0);
  }

  /** Records that a request is being sent to a service. */
  synchronized void sending(RequestPermit permit) {
    sending = Optional.of(permit);
  }

  synchronized void answered(RequestPermit permit, Answer answer) {
    add(permit, answer.model(), answer.usage(), true);
  }

  synchronized void failed(RequestPermit permit, AnswerException why) {
    boolean sent = sending.equals(Optional.of(permit));
    add(permit, modelName(permit), why.usage(), sent && why.mayBeBilled());
  }

  /** The attempts so far; the last one gave the result. */
  synchronized List<Attempt> list() {
    return List.copyOf(byPermit.values());
  }

  private void add(RequestPermit permit, String model, Optional<Usage> usage, boolean worked) {
    ClipBackend backend = permit.backend();
    boolean remote = backend.isRemote();
    var size =
        RequestSize.of(
            clip,
            backend.pictureSize(prompt.prompt().text()),
            characters,
            prompt.maxOutputTokens());
    byPermit.putIfAbsent(
        permit,
        new Attempt(
            backend.name(),
            modelName(permit),
            model,
            usage.filter(known -> remote),
            worked && remote,
            Optional.of(size)));
  }

  private String modelName(RequestPermit permit) {
    return prompt.modelOf(permit.backend()).orElse("");
  }
}
