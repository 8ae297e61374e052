package framewise.engine.pipeline;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.Status;
import framewise.engine.WallClock;
import framewise.engine.source.Ending;
import framewise.engine.source.FilePictures;
import framewise.engine.source.LiveSource;
import framewise.media.MediaTime;
import framewise.media.MemoryExhaustedException;
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
 * new one, which goes on at the same place in the video. Until there is one the video waits, or
 * others are asked about it clip by clip.
 */
public final class StreamRun implements Run {
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

  /** After a stream that lasted so long, the next one is tried at once. */
  private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(30);

  private static final Logger LOG = LoggerFactory.getLogger(StreamRun.class);

  private final String name;
  private final PictureFeed feed;
  private final StreamBackend backend;
  private final WallClock clock;
  private final Thread thread;
  private final StreamResults results;
  private final Meanwhile meanwhile;
  private volatile StreamSettings settings;
  private volatile @Nullable StreamLink link;
  private volatile boolean stopped;

  /** Why there is no stream, as people were told; empty while all is well. */
  private volatile String trouble = "";

  /** Why the first attempt failed, where others answer until another succeeds. */
  private Optional<StreamEnd> refusedAtFirst = Optional.empty();

  /** Before the next attempt to open a stream; 0 while all is well. */
  private long waitNanos;

  private StreamRun(
      String name,
      PictureFeed feed,
      StreamSettings settings,
      StreamBackend backend,
      Optional<ClipPlan> others,
      WallClock clock,
      RunListener listener) {
    this.name = name;
    this.feed = feed;
    this.settings = settings;
    this.backend = backend;
    this.clock = clock;
    this.meanwhile = new Meanwhile(name, feed, others, clock, listener);
    this.results = new StreamResults(backend.name(), settings.sampling(), feed, clock, listener);
    this.thread = Thread.ofPlatform().daemon().name("stream-" + name).unstarted(this::run);
  }

  /**
   * Plays a file.
   *
   * @param name of the session, for logs and thread names
   * @param pictures are closed by the run
   * @param others who is asked clip by clip while there is no stream; empty where the video waits
   * @param from where to begin
   */
  public static StreamRun ofFile(
      String name,
      FilePictures pictures,
      StreamSettings settings,
      StreamBackend backend,
      Optional<ClipPlan> others,
      WallClock clock,
      RunListener listener,
      MediaTime from) {
    PictureFeed feed = new FilePictureFeed(pictures, settings.loop(), clock, from);
    return new StreamRun(name, feed, settings, backend, others, clock, listener);
  }

  /**
   * Passes on video that arrives now.
   *
   * @param name of the session, for logs and thread names
   * @param source is closed by the run
   * @param others who is asked clip by clip while there is no stream
   */
  public static StreamRun ofLive(
      String name,
      LiveSource source,
      StreamSettings settings,
      StreamBackend backend,
      Optional<ClipPlan> others,
      WallClock clock,
      RunListener listener) {
    PictureFeed feed = new LivePictureFeed(source, settings.sampling().fps(), clock, listener);
    return new StreamRun(name, feed, settings, backend, others, clock, listener);
  }

  @Override
  public void prepare() throws InterruptedException {
    boolean ready = false;
    try {
      link = open();
      ready = true;
    } catch (StreamRefusedException e) {
      if (meanwhile.others().isEmpty() || !isHopeful(e.end())) {
        throw refusal(e.end()).asException();
      }
      refusedAtFirst = Optional.of(e.end());
      waitNanos = StreamOpening.waitAfter(e.end(), waitNanos);
      ready = true;
    } finally {
      if (!ready) {
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
    change(other, meanwhile.others());
  }

  /**
   * From the next clip on, the prompt has these words, and these are asked while there is no
   * stream; nothing else differs.
   */
  public void change(StreamSettings other, Optional<ClipPlan> others) {
    settings = other;
    meanwhile.change(
        others.map(plan -> plan.withSettings(plan.settings().withPrompt(other.prompt()))));
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
    meanwhile.close();
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
    } catch (MemoryExhaustedException e) {
      LOG.warn("session {}: {}", name, e.sentence());
      ending = Optional.of(new Ending(Status.FAILED, e.sentence()));
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
    meanwhile.close();
    StreamLink last = link;
    if (last != null) {
      last.close();
    }
    feed.close();
  }

  private Ending play() throws InterruptedException {
    refusedAtFirst.ifPresent(this::refused);
    while (true) {
      StreamLink current = link;
      Optional<Ending> ending = current == null ? connect() : play(current);
      if (ending.isPresent()) {
        return ending.get();
      }
    }
  }

  /** Sends pictures until the video is over, or the stream is and another may be opened. */
  private Optional<Ending> play(StreamLink current) throws InterruptedException {
    current.ask(settings.prompt().text());
    long began = clock.nanos();
    return switch (current.play(feed)) {
      case StreamLink.Signal.PlayedOut() -> {
        results.awaitLast(current);
        yield Optional.of(feed.ending());
      }
      case StreamLink.Signal.Broken(Ending how) -> Optional.of(how);
      case StreamLink.Signal.Lost(StreamEnd end) when !isHopeful(end) ->
          Optional.of(new Ending(Status.FAILED, end.detail()));
      case StreamLink.Signal.Lost(StreamEnd end) -> {
        trouble = end.detail();
        results.notice(
            "stream lost at %s: %s".formatted(feed.shownAt(clock.nanos()), end.detail()));
        current.close();
        link = null;
        boolean atOnce = end.restartable() && clock.nanos() - began > STEADY_NANOS;
        waitNanos = atOnce ? 0 : StreamOpening.waitAfter(end, waitNanos);
        yield Optional.empty();
      }
    };
  }

  /** Opens a stream; until there is one, others are asked or the video waits. */
  private Optional<Ending> connect() throws InterruptedException {
    try (var opening =
        new StreamOpening(name, this::open, waitNanos, this::isHopeful, clock, this::refused)) {
      Optional<Ending> ending = meanwhile.play(opening, results);
      if (ending.isPresent()) {
        return ending;
      }
      link = opening.await();
      waitNanos = opening.waitNanos();
    } catch (StreamRefusedException e) {
      return Optional.of(new Ending(Status.FAILED, e.end().detail()));
    }
    if (!trouble.isEmpty()) {
      trouble = "";
      results.notice("a new stream goes on at the same place");
    }
    return Optional.empty();
  }

  /** Whether another stream may be had some time. */
  private boolean isHopeful(StreamEnd end) {
    return switch (end.cure()) {
      case NEW_STREAM -> true;
      case OTHER_REQUEST -> false;
      case NONE -> meanwhile.others().isPresent();
    };
  }

  /** There is no stream yet; the same reason is told once. */
  private void refused(StreamEnd end) {
    if (!trouble.equals(end.detail())) {
      trouble = end.detail();
      results.notice("no stream yet: " + trouble);
    }
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
