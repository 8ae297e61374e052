package framewise.server.service;

import framewise.media.picture.Clip;
import framewise.vision.Answer;
import framewise.vision.AnswerException;
import framewise.vision.AskListener;
import framewise.vision.ClipBackend;
import framewise.vision.FinishReason;
import framewise.vision.Question;
import framewise.vision.Readiness;
import java.util.List;
import java.util.Map;

/** Back end named {@code builtin} whose answers a test scripts. */
public final class ScriptedBackend implements ClipBackend {
  private final Script script;
  private final int concurrency;

  /** Called for each clip. */
  public interface Script {
    String answer(Clip clip, Question question) throws AnswerException, InterruptedException;
  }

  public ScriptedBackend(Script script) {
    this(2, script);
  }

  /** Creates a back end that answers this many clips at a time. */
  public ScriptedBackend(int concurrency, Script script) {
    this.concurrency = concurrency;
    this.script = script;
  }

  /** Answers with the prompt and the clip's number. */
  public static ScriptedBackend echo() {
    return new ScriptedBackend((clip, question) -> question.prompt() + " #" + clip.index());
  }

  @Override
  public String name() {
    return "builtin";
  }

  @Override
  public Readiness readiness() {
    return Readiness.READY;
  }

  @Override
  public List<String> models() {
    return List.of("scripted-1");
  }

  @Override
  public List<String> capabilities() {
    return List.of("read");
  }

  @Override
  public int concurrency() {
    return concurrency;
  }

  @Override
  public Answer ask(Clip clip, Question question, AskListener listener)
      throws AnswerException, InterruptedException {
    return new Answer(script.answer(clip, question), "scripted-1", FinishReason.STOP, Map.of());
  }
}
