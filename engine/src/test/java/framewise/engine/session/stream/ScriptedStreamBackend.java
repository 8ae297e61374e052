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
 * A back end that takes the stream and answers every picture with its prompt; it refuses and ends
 * streams as a test wants.
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

    /** When the pictures it got are shown in the video. */
    List<MediaTime> times() {
      return times;
    }

    /** What it was asked as it was opened. */
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

  /** The next attempt to open a stream is refused. */
  synchronized void refuseNext(StreamEnd end) {
    refusals.add(end);
  }

  List<Taken> taken() {
    return taken;
  }

  /** What the pictures were like, such as {@code 320x240 I420}. */
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
