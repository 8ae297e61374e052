package framewise.engine.session;

import framewise.media.picture.Clip;
import framewise.media.picture.EncodedPicture;
import framewise.media.picture.FrameSize;
import framewise.vision.Answer;
import framewise.vision.AnswerException;
import framewise.vision.AskListener;
import framewise.vision.ClipBackend;
import framewise.vision.FinishReason;
import framewise.vision.Question;
import framewise.vision.Readiness;
import framewise.vision.SentRequest;
import framewise.vision.Usage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A remote service that a test scripts. It reports what it was sent, streams its answer in two
 * parts, reports 1,000 input and 100 output tokens, and accepts small pictures unless the prompt
 * asks it to read.
 */
record ScriptedService(
    String name,
    List<String> models,
    Script script,
    Optional<String> answersAs,
    Optional<Usage> usage)
    implements ClipBackend {
  static final Usage USAGE = new Usage(1_000, 100);

  /** Answers a question about a clip. */
  interface Script {
    String answer(Clip clip, Question question) throws AnswerException, InterruptedException;
  }

  ScriptedService(String name, String model, Script script) {
    this(name, List.of(model), script, Optional.empty(), Optional.of(USAGE));
  }

  /** A copy that reports another model name. */
  ScriptedService answeringAs(String other) {
    return new ScriptedService(name, models, script, Optional.of(other), usage);
  }

  /** A copy that reports no tokens. */
  ScriptedService silent() {
    return new ScriptedService(name, models, script, answersAs, Optional.empty());
  }

  @Override
  public Readiness readiness() {
    return Readiness.READY;
  }

  @Override
  public List<String> capabilities() {
    return List.of();
  }

  @Override
  public boolean isRemote() {
    return true;
  }

  @Override
  public int concurrency() {
    return 4;
  }

  @Override
  public FrameSize pictureSize(String prompt) {
    return new FrameSize(prompt.startsWith("Read") ? 1280 : 80);
  }

  @Override
  public Answer ask(Clip clip, Question question, AskListener listener)
      throws AnswerException, InterruptedException {
    List<EncodedPicture> pictures = clip.jpegs(new FrameSize(768), 85);
    listener.sending(
        new SentRequest(
            name(),
            pictures,
            List.of("{\"picture\":\"sha256:" + pictures.getFirst().sha256() + "\"}")));
    String text = script.answer(clip, question);
    if (listener.wantsPartial()) {
      listener.partial(text.substring(0, text.length() / 2));
    }
    String model = answersAs.or(question::model).orElseGet(models::getFirst);
    return new Answer(text, model, FinishReason.STOP, Map.of(), usage);
  }
}
