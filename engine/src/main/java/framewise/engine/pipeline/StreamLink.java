package framewise.engine.pipeline;

import framewise.engine.source.Schedule;
import framewise.media.Sampling;
import framewise.media.picture.Frame;
import framewise.vision.OpenStream;
import framewise.vision.Question;
import framewise.vision.StreamAnswer;
import framewise.vision.StreamBackend;
import framewise.vision.StreamEnd;
import framewise.vision.StreamListener;
import framewise.vision.StreamRefusedException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One open stream of a lane, until it is lost or closed. Safe for any number of threads. */
final class StreamLink implements StreamListener, AutoCloseable {
  /** Receives a link's events. */
  interface Listener {
    void answered(StreamLink link, StreamAnswer answer);

    void noticed(String sentence);

    void dropped(long pictures);

    void lost(StreamLink link, StreamEnd end);
  }

  private final Listener listener;

  /** Held while a prompt is sent, so that the newest one arrives last. */
  private final ReentrantLock prompting = new ReentrantLock();

  private String prompt;
  private volatile @Nullable OpenStream stream;
  private volatile boolean closed;
  private volatile long pixels;

  private StreamLink(String prompt, Listener listener) {
    this.prompt = prompt;
    this.listener = listener;
  }

  /**
   * Opens a stream. Blocks until the far end has accepted.
   *
   * @param schedule when pictures will be sent
   * @throws StreamRefusedException when the far end refuses
   */
  static StreamLink open(
      StreamBackend backend,
      Question question,
      Sampling sampling,
      Schedule schedule,
      Listener listener)
      throws StreamRefusedException, InterruptedException {
    var link = new StreamLink(question.prompt(), listener);
    var sent =
        new Sampling(
            1 / schedule.everySeconds(),
            sampling.samplingRatio(),
            sampling.clipLengthSeconds(),
            sampling.delaySeconds());
    link.stream = backend.open(question, sent, link);
    return link;
  }

  /** Sends a picture, which the caller keeps. */
  void send(Frame picture) {
    OpenStream open = stream;
    if (open != null && !closed) {
      pixels = (long) picture.width() * picture.height();
      open.send(picture);
    }
  }

  /** Pixels of the newest picture sent. */
  long pixels() {
    return pixels;
  }

  /**
   * Sets the prompt for the next inference and later ones. Blocks until the far end has accepted
   * it.
   */
  void ask(String other) {
    prompting.lock();
    try {
      OpenStream open = stream;
      if (open != null && !closed && !prompt.equals(other)) {
        open.updatePrompt(other);
        prompt = other;
      }
    } catch (StreamRefusedException e) {
      if (e.end().restartable()) {
        listener.lost(this, e.end()); // the next stream begins with the new prompt
      } else {
        listener.noticed("failed to change the prompt: " + e.end().detail());
      }
    } finally {
      prompting.unlock();
    }
  }

  @Override
  public void answered(StreamAnswer answer) {
    listener.answered(this, answer);
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
    listener.lost(this, end);
  }

  @Override
  public void close() {
    closed = true;
    OpenStream open = stream;
    if (open != null) {
      open.close();
    }
  }
}
