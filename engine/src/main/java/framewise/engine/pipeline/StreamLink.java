package framewise.engine.pipeline;

import framewise.engine.Status;
import framewise.engine.source.Ending;
import framewise.media.Frame;
import framewise.media.Sampling;
import framewise.vision.OpenStream;
import framewise.vision.Question;
import framewise.vision.StreamAnswer;
import framewise.vision.StreamBackend;
import framewise.vision.StreamEnd;
import framewise.vision.StreamListener;
import framewise.vision.StreamRefusedException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One stream of a run, from its opening to its loss or its end. */
final class StreamLink implements StreamListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamLink.class);

  /** Why no more pictures are sent on this stream. */
  sealed interface Signal {
    /** The video is over. */
    record PlayedOut() implements Signal {}

    /** The stream is over before the video is. */
    record Lost(StreamEnd end) implements Signal {}

    /** The video cannot be played, or its results cannot be kept. */
    record Broken(Ending how) implements Signal {}
  }

  private final String name;
  private final StreamResults results;
  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();

  /** Held while the far end is told of a prompt, so that the newest one is told last. */
  private final ReentrantLock asking = new ReentrantLock();

  private String asked;
  private volatile @Nullable OpenStream stream;
  private volatile boolean closed;

  /**
   * @param name of the session, for logs and thread names
   * @param prompt with which it is opened
   */
  StreamLink(String name, String prompt, StreamResults results) {
    this.name = name;
    this.asked = prompt;
    this.results = results;
  }

  /** A stream that is open already, and is asked by others. */
  StreamLink(String name, OpenStream stream, StreamResults results) {
    this(name, "", results);
    this.stream = stream;
  }

  void open(StreamBackend backend, Question question, Sampling sampling)
      throws StreamRefusedException, InterruptedException {
    stream = backend.open(question, sampling, this);
  }

  /** Sends pictures until there is a reason not to. */
  Signal play(PictureFeed feed) throws InterruptedException {
    feed.resume();
    Thread player =
        Thread.ofPlatform().daemon().name("play-" + name).start(() -> signals.add(send(feed)));
    try {
      return signals.take();
    } finally {
      player.interrupt();
      boolean interrupted = Thread.interrupted();
      player.join(); // before anybody else uses the feed, or frees it
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Waits until the stream is lost. False when the time is up. */
  boolean awaitLoss(long nanos) throws InterruptedException {
    return signals.poll(nanos, TimeUnit.NANOSECONDS) != null;
  }

  /** From the next inference on, this is the prompt. */
  void ask(String prompt) {
    asking.lock();
    try {
      OpenStream open = stream;
      if (open != null && !closed && !asked.equals(prompt)) {
        open.updatePrompt(prompt);
        asked = prompt;
      }
    } catch (StreamRefusedException e) {
      if (e.end().restartable()) {
        signals.add(new Signal.Lost(e.end())); // the next stream begins with the new prompt
      } else {
        results.notice("the prompt could not be changed: " + e.end().detail());
      }
    } finally {
      asking.unlock();
    }
  }

  @Override
  public void answered(StreamAnswer answer) {
    try {
      results.add(answer);
    } catch (RuntimeException e) {
      LOG.error("session {}: results cannot be stored", name, e);
      broken(new Ending(Status.FAILED, "Results cannot be stored: is the disk full?"));
    }
  }

  /** Ends the session like this. */
  void broken(Ending how) {
    signals.add(new Signal.Broken(how));
  }

  @Override
  public void noticed(String sentence) {
    results.notice(sentence);
  }

  @Override
  public void ended(StreamEnd end) {
    signals.add(new Signal.Lost(end));
  }

  @Override
  public void close() {
    closed = true;
    OpenStream open = stream;
    if (open != null) {
      open.close();
    }
  }

  private Signal send(PictureFeed feed) {
    OpenStream open = Objects.requireNonNull(stream);
    try {
      while (true) {
        Optional<Frame> picture = feed.next();
        if (picture.isEmpty()) {
          return new Signal.PlayedOut();
        }
        try (Frame due = picture.get()) {
          open.send(due);
        }
      }
    } catch (InterruptedException stopped) {
      return new Signal.PlayedOut(); // nobody listens any more
    } catch (RuntimeException e) {
      LOG.error("session {}: the video cannot be read on", name, e);
      return new Signal.Broken(new Ending(Status.FAILED, "The video cannot be read any further."));
    }
  }
}
