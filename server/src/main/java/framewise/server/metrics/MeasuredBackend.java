package framewise.server.metrics;

import framewise.media.picture.Clip;
import framewise.media.picture.FrameSize;
import framewise.time.Stopwatch;
import framewise.vision.Answer;
import framewise.vision.AnswerException;
import framewise.vision.AskListener;
import framewise.vision.ClipBackend;
import framewise.vision.Question;
import framewise.vision.Readiness;
import framewise.vision.RefusedParameter;
import java.time.Duration;
import java.util.List;

/** Back end with metrics for every answer. */
record MeasuredBackend(ClipBackend backend, Metrics metrics) implements ClipBackend {
  @Override
  public String name() {
    return backend.name();
  }

  @Override
  public Readiness readiness() {
    return backend.readiness();
  }

  @Override
  public boolean answersOnlyWhenNamed() {
    return backend.answersOnlyWhenNamed();
  }

  @Override
  public List<String> models() {
    return backend.models();
  }

  @Override
  public List<String> capabilities() {
    return backend.capabilities();
  }

  @Override
  public List<RefusedParameter> refusedParameters() {
    return backend.refusedParameters();
  }

  @Override
  public boolean isRemote() {
    return backend.isRemote();
  }

  @Override
  public int concurrency() {
    return backend.concurrency();
  }

  @Override
  public Duration answerTimeout() {
    return backend.answerTimeout();
  }

  @Override
  public FrameSize pictureSize(String prompt) {
    return backend.pictureSize(prompt);
  }

  @Override
  public void warmUp() {
    backend.warmUp();
  }

  @Override
  public Answer ask(Clip clip, Question question, AskListener listener)
      throws AnswerException, InterruptedException {
    Stopwatch watch = Stopwatch.start();
    String outcome = "internal";
    try {
      Answer answer = backend.ask(clip, question, listener);
      outcome = "ok";
      answer.usage().ifPresent(usage -> metrics.used(backend.name(), usage));
      return answer;
    } catch (AnswerException e) {
      outcome = e.code();
      e.usage().ifPresent(usage -> metrics.used(backend.name(), usage));
      throw e;
    } catch (InterruptedException e) {
      outcome = "stopped";
      throw e;
    } finally {
      metrics.countAnswer(backend.name(), outcome, watch.elapsed());
    }
  }
}
