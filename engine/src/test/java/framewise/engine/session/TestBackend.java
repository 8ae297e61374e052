package framewise.engine.session;

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

/** A back end that a test scripts: it can be slow, fail, or answer in any order. */
public final class TestBackend implements ClipBackend {
  private final String name;
  private final int concurrency;
  private final Script script;

  /** Answers a question about a clip. */
  public interface Script {
    String answer(Clip clip, Question question) throws AnswerException, InterruptedException;
  }

  public TestBackend(String name, int concurrency, Script script) {
    this.name = name;
    this.concurrency = concurrency;
    this.script = script;
  }

  @Override
  public String name() {
    return name;
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
    return List.of();
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
