package framewise.engine.pipeline;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.Status;
import framewise.engine.WallClock;
import framewise.engine.source.Ending;
import framewise.engine.source.FilePictures;
import framewise.engine.source.LiveSource;
import framewise.media.MediaTime;
import framewise.media.Sampling;
import framewise.vision.StreamBackend;
import framewise.vision.StreamEnd;
import framewise.vision.StreamRefusedException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run whose back end is given the stream itself: a thread sends the pictures as they fall due,
 * another sees to it that there is somebody to send them to. A stream that is lost is replaced by a
 * new one, which goes on at the same place in the video.
 */
public final class StreamRun implements Run {
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);
  private static final long FIRST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** After a stream that lasted so long, the next one is tried at once. */
  private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(30);

  private static final Logger LOG = LoggerFactory.getLogger(StreamRun.class);

  private final String name;
  private final PictureFeed feed;
  private final StreamBackend backend;
  private final WallClock clock;
  private final Thread thread;
  private final StreamResults results;
  private volatile StreamSettings settings;
  private volatile @Nullable StreamLink link;
  private volatile boolean stopped;

  /** Before the next attempt to open a stream; 0 while all is well. */
  private long waitNanos;

  private StreamRun(
      String name,
      PictureFeed feed,
      StreamSettings settings,
      StreamBackend backend,
      WallClock clock,
      RunListener listener) {
    this.name = name;
    this.feed = feed;
    this.settings = settings;
    this.backend = backend;
    this.clock = clock;
    this.results = new StreamResults(backend.name(), settings.sampling(), feed, clock, listener);
    this.thread = Thread.ofPlatform().daemon().name("stream-" + name).unstarted(this::run);
  }

  /**
   * Plays a file.
   *
   * @param name of the session, for logs and thread names
   * @param pictures are closed by the run
   * @param from where to begin
   */
  public static StreamRun ofFile(
      String name,
      FilePictures pictures,
      StreamSettings settings,
      StreamBackend backend,
      WallClock clock,
      RunListener listener,
      MediaTime from) {
    PictureFeed feed = new FilePictureFeed(pictures, settings.loop(), clock, from);
    return new StreamRun(name, feed, settings, backend, clock, listener);
  }

  /**
   * Passes on video that arrives now.
   *
   * @param name of the session, for logs and thread names
   * @param source is closed by the run
   */
  public static StreamRun ofLive(
      String name,
      LiveSource source,
      StreamSettings settings,
      StreamBackend backend,
      WallClock clock,
      RunListener listener) {
    PictureFeed feed = new LivePictureFeed(source, settings.sampling().fps(), clock, listener);
    return new StreamRun(name, feed, settings, backend, clock, listener);
  }

  @Override
  public void prepare() throws InterruptedException {
    boolean open = false;
    try {
      link = open();
      open = true;
    } catch (StreamRefusedException e) {
      throw refusal(e.end()).asException();
    } finally {
      if (!open) {
        feed.close();
      }
    }
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public void updatePrompt(StreamSettings other) {
    settings = other;
    StreamLink current = link;
    if (current != null) {
      Thread.ofVirtual().name("prompt-" + name).start(() -> current.ask(settings.prompt().text()));
    }
  }

  @Override
  public StreamSettings settings() {
    return settings;
  }

  @Override
  public void stop() {
    stopped = true;
    results.mute();
    if (thread.getState() == Thread.State.NEW) {
      end();
      return;
    }
    thread.interrupt();
    try {
      if (!thread.join(STOP_PATIENCE)) {
        LOG.warn("session {}: {} takes long to end", name, thread.getName());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    Optional<Ending> ending = Optional.empty();
    try {
      ending = Optional.of(play());
    } catch (InterruptedException stop) {
      LOG.debug("session {}: stopped streaming", name);
    } catch (RuntimeException e) {
      LOG.error("session {}: the stream broke", name, e);
      ending =
          Optional.of(new Ending(Status.FAILED, "The stream broke; the service's log tells how."));
    } finally {
      end();
    }
    ending.filter(how -> !stopped).ifPresent(results::end);
  }

  private void end() {
    StreamLink last = link;
    if (last != null) {
      last.close();
    }
    feed.close();
  }

  private Ending play() throws InterruptedException {
    String reason = "";
    while (true) {
      try {
        StreamLink current = link;
        if (current == null) {
          current = connect(reason);
          link = current;
        }
        current.ask(settings.prompt().text());
        long began = clock.nanos();
        StreamLink.Signal signal = current.play(feed);
        switch (signal) {
          case StreamLink.Signal.PlayedOut() -> {
            results.awaitLast(current);
            return feed.ending();
          }
          case StreamLink.Signal.Broken(Ending how) -> {
            return how;
          }
          case StreamLink.Signal.Lost(StreamEnd end) -> {
            if (!end.restartable()) {
              return new Ending(Status.FAILED, end.detail());
            }
            results.notice(
                "stream lost at %s: %s".formatted(feed.shownAt(clock.nanos()), end.detail()));
            reason = end.detail();
            current.close();
            link = null;
            waitNanos = clock.nanos() - began > STEADY_NANOS ? 0 : longer(waitNanos);
          }
        }
      } catch (StreamRefusedException e) {
        return new Ending(Status.FAILED, e.end().detail());
      }
    }
  }

  /**
   * Opens a stream, again and again while that may help.
   *
   * @param told what was said of the trouble already; empty for the first stream of a run
   * @throws StreamRefusedException when trying again is of no use
   */
  private StreamLink connect(String told) throws StreamRefusedException, InterruptedException {
    String reason = told;
    while (true) {
      clock.awaitNanos(clock.nanos() + waitNanos);
      try {
        StreamLink opened = open();
        if (!reason.isEmpty()) {
          results.notice("a new stream goes on at the same place");
        }
        return opened;
      } catch (StreamRefusedException e) {
        if (!e.end().restartable()) {
          throw e;
        }
        if (!reason.equals(e.end().detail())) {
          reason = e.end().detail();
          results.notice("no stream yet: " + reason);
        }
        waitNanos = longer(waitNanos);
      }
    }
  }

  private static long longer(long nanos) {
    return Math.clamp(2 * nanos, FIRST_WAIT_NANOS, LONGEST_WAIT_NANOS);
  }

  private StreamLink open() throws StreamRefusedException, InterruptedException {
    StreamSettings asked = settings;
    Sampling sampling = asked.sampling();
    Sampling sent =
        new Sampling(
            Math.min(sampling.fps(), feed.fps()),
            sampling.samplingRatio(),
            sampling.clipLengthSeconds(),
            sampling.delaySeconds());
    var opened = new StreamLink(name, asked.prompt().text(), results);
    opened.open(backend, asked.first().question(), sent);
    return opened;
  }

  private static Refusal refusal(StreamEnd end) {
    return switch (end.cure()) {
      case OTHER_REQUEST -> Refusal.of(Code.INVALID_FIELD, end.detail());
      case NEW_STREAM, NONE ->
          Refusal.of(
              end.code().equals("timed_out") ? Code.BACKEND_TIMED_OUT : Code.BACKEND_FAILED,
              end.detail());
    };
  }
}
