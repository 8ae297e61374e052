package framewise.server.metrics;

import framewise.media.Sampling;
import framewise.vision.OpenStream;
import framewise.vision.Question;
import framewise.vision.Readiness;
import framewise.vision.StreamAnswer;
import framewise.vision.StreamBackend;
import framewise.vision.StreamEnd;
import framewise.vision.StreamListener;
import framewise.vision.StreamRefusedException;
import java.util.List;

/** Streaming back end with metrics for every answer and every end. */
record MeasuredStreamBackend(StreamBackend backend, Metrics metrics) implements StreamBackend {
  @Override
  public String name() {
    return backend.name();
  }

  @Override
  public Readiness readiness() {
    return backend.readiness();
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
  public OpenStream open(Question question, Sampling sampling, StreamListener listener)
      throws StreamRefusedException, InterruptedException {
    try {
      return backend.open(question, sampling, new CountingListener(listener));
    } catch (StreamRefusedException e) {
      metrics.lost(name(), e.end().code());
      throw e;
    }
  }

  private final class CountingListener implements StreamListener {
    private final StreamListener listener;

    CountingListener(StreamListener listener) {
      this.listener = listener;
    }

    @Override
    public void answered(StreamAnswer answer) {
      String outcome = answer.failure().isPresent() ? "backend_failed" : "ok";
      metrics.countAnswer(name(), outcome, answer.inferenceLatency());
      listener.answered(answer);
    }

    @Override
    public void noticed(String sentence) {
      listener.noticed(sentence);
    }

    @Override
    public void dropped(long pictures) {
      listener.dropped(pictures);
    }

    @Override
    public void ended(StreamEnd end) {
      metrics.lost(name(), end.code());
      listener.ended(end);
    }
  }
}
