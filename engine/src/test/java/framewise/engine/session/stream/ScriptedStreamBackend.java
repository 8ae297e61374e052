package framewise.engine.session.stream;

import framewise.media.MediaTime;
import framewise.media.Sampling;
import framewise.media.picture.Frame;
import framewise.vision.FinishReason;
import framewise.vision.OpenStream;
import framewise.vision.Question;
import framewise.vision.Readiness;
import framewise.vision.StreamAnswer;
import framewise.vision.StreamBackend;
import framewise.vision.StreamEnd;
import framewise.vision.StreamListener;
import framewise.vision.StreamRefusedException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A back end that takes the stream of pictures and answers every picture with the prompt; it
 * refuses and ends streams when a test says so.
 */
final class ScriptedStreamBackend implements StreamBackend {
  /** A stream that was opened. */
  final class Taken implements OpenStream {
    private final StreamListener listener;
    private final List<MediaTime> times = new CopyOnWriteArrayList<>();
    private volatile String prompt;
    private volatile boolean closed;

    private final Question question;
    private final Sampling sampling;

    Taken(Question question, Sampling sampling, StreamListener listener) {
      this.question = question;
      this.sampling = sampling;
      this.prompt = question.prompt();
      this.listener = listener;
    }

    /** The times in the video of the pictures that it received. */
    List<MediaTime> times() {
      return times;
    }

    /** The question with which the stream was opened. */
    Question question() {
      return question;
    }

    Sampling sampling() {
      return sampling;
    }

    boolean closed() {
      return closed;
    }

    void end(StreamEnd end) {
      listener.ended(end);
    }

    @Override
    public void send(Frame frame) {
      times.add(frame.time());
      sizes.add(frame.width() + "x" + frame.height() + " " + frame.format());
      listener.answered(
          new StreamAnswer(
              prompt,
              "far-1",
              prompt + " " + frame.time(),
              FinishReason.STOP,
              Optional.empty(),
              Duration.ofMillis(1),
              Duration.ofMillis(2)));
    }

    @Override
    public void updatePrompt(String newPrompt) {
      prompt = newPrompt;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private final Queue<StreamEnd> refusals = new ArrayDeque<>();
  private final List<Taken> taken = new CopyOnWriteArrayList<>();
  private final List<String> sizes = new CopyOnWriteArrayList<>();

  /** Refuses the next attempt to open a stream. */
  synchronized void refuseNext(StreamEnd end) {
    refusals.add(end);
  }

  List<Taken> taken() {
    return taken;
  }

  /** Size and format of the pictures, such as {@code 320x240 I420}. */
  List<String> sizes() {
    return sizes;
  }

  @Override
  public String name() {
    return "far";
  }

  @Override
  public Readiness readiness() {
    return Readiness.READY;
  }

  @Override
  public List<String> models() {
    return List.of("far-1");
  }

  @Override
  public List<String> capabilities() {
    return List.of();
  }

  @Override
  public synchronized OpenStream open(Question question, Sampling sampling, StreamListener listener)
      throws StreamRefusedException {
    StreamEnd refusal = refusals.poll();
    if (refusal != null) {
      throw new StreamRefusedException(refusal, new IllegalStateException(refusal.detail()));
    }
    var stream = new Taken(question, sampling, listener);
    taken.add(stream);
    return stream;
  }
}
