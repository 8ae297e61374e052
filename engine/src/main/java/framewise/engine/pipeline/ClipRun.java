package framewise.engine.pipeline;

import framewise.engine.Status;
import framewise.engine.WallClock;
import framewise.engine.result.Event;
import framewise.engine.source.ClipSource;
import framewise.engine.source.Ending;
import framewise.engine.source.LiveSource;
import framewise.media.VideoInfo;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run that a back end is asked about clip by clip: a thread plays the source, one asks the back
 * end, one writes the results in the order of their clips. Every queue between them is bounded.
 */
public final class ClipRun implements Run {
  /** How many clips of one session are asked about at the same time, if the back end takes them. */
  static final int MAX_IN_FLIGHT = 4;

  private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(Run.class);

  private final String name;
  private final ClipFeed feed;
  private final BackendGate gate;
  private final WallClock clock;
  private final RunListener listener;

  private final ClipSlot slot = new ClipSlot();
  private final BlockingQueue<Optional<Ask>> inOrder = new ArrayBlockingQueue<>(MAX_IN_FLIGHT + 1);
  private final Semaphore room;
  private final Set<Ask> asking = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean over = new AtomicBoolean();
  private final DropReport drops;
  private final Thread player;
  private final Thread asker;
  private final Thread writer;
  private volatile StreamSettings settings;
  private volatile Ending ending = Ending.OF_FILE;

  private ClipRun(
      String name,
      ClipFeed feed,
      StreamSettings settings,
      BackendGate gate,
      WallClock clock,
      RunListener listener) {
    this.name = name;
    this.feed = feed;
    this.settings = settings;
    this.gate = gate;
    this.clock = clock;
    this.listener = listener;
    this.room = new Semaphore(Math.min(MAX_IN_FLIGHT, gate.backend().concurrency()));
    this.drops = new DropReport(clock, listener::dropped);
    this.player = Thread.ofPlatform().daemon().name("play-" + name).unstarted(this::play);
    this.asker = Thread.ofVirtual().name("asker-" + name).unstarted(this::ask);
    this.writer = Thread.ofVirtual().name("writer-" + name).unstarted(this::write);
  }

  /**
   * Plays a file.
   *
   * @param name of the session, for logs and thread names
   * @param source is closed by the run
   * @param firstClip where to begin, 0 for the start of the video
   */
  public static ClipRun ofFile(
      String name,
      ClipSource source,
      StreamSettings settings,
      BackendGate gate,
      WallClock clock,
      RunListener listener,
      long firstClip) {
    ClipFeed feed = new FilePlayer(source, settings, clock, firstClip);
    return new ClipRun(name, feed, settings, gate, clock, listener);
  }

  /**
   * Looks at video that arrives now.
   *
   * @param name of the session, for logs and thread names
   * @param source is closed by the run
   */
  public static ClipRun ofLive(
      String name,
      LiveSource source,
      StreamSettings settings,
      BackendGate gate,
      WallClock clock,
      RunListener listener) {
    ClipFeed feed = new LivePlayer(source, settings.sampling(), clock);
    return new ClipRun(name, feed, settings, gate, clock, listener);
  }

  @Override
  public void prepare() {
    // Nobody can refuse: the back end is asked clip by clip.
  }

  @Override
  public void start() {
    player.start();
    asker.start();
    writer.start();
  }

  @Override
  public void updatePrompt(Prompt prompt) {
    settings = settings.withPrompt(prompt);
  }

  @Override
  public StreamSettings settings() {
    return settings;
  }

  @Override
  public void stop() {
    over.set(true);
    slot.close();
    if (player.getState() == Thread.State.NEW) {
      feed.close();
      return;
    }
    player.interrupt();
    asker.interrupt();
    awaitEnd(player);
    awaitEnd(asker); // from here on nothing new is asked
    asking.forEach(Ask::abandon);
    writer.interrupt();
    awaitEnd(writer);
  }

  private void awaitEnd(Thread thread) {
    try {
      if (!thread.join(STOP_PATIENCE)) {
        LOG.warn("session {}: {} takes long to end", name, thread.getName());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void play() {
    try (feed) {
      ending = feed.play(new Slot());
    } catch (InterruptedException stopped) {
      LOG.debug("session {}: stopped playing", name);
    } catch (RuntimeException e) {
      LOG.error("session {}: the video cannot be read on", name, e);
      ending = new Ending(Status.FAILED, "The video cannot be read any further.");
    } finally {
      slot.end();
    }
  }

  private void ask() {
    try {
      room.acquire();
      while (slot.await()) {
        gate.acquire();
        Optional<TimedClip> clip = slot.take();
        if (clip.isEmpty()) {
          gate.release();
          continue;
        }
        submit(clip.get());
        room.acquire();
      }
      inOrder.put(Optional.empty());
    } catch (InterruptedException stopped) {
      LOG.debug("session {}: stopped asking", name);
    }
  }

  private void submit(TimedClip clip) throws InterruptedException {
    Ask ask = new Ask(clip, settings, gate.backend(), clock, gate::release);
    asking.add(ask);
    gate.execute(ask);
    inOrder.put(Optional.of(ask));
  }

  private void write() {
    try {
      for (Optional<Ask> next = inOrder.take(); next.isPresent(); next = inOrder.take()) {
        Event.Result result = next.get().await();
        asking.remove(next.get());
        if (over.get()) {
          return;
        }
        listener.result(result);
        room.release();
      }
      drops.flush();
      end();
    } catch (InterruptedException | CancellationException stopped) {
      LOG.debug("session {}: stopped writing", name);
    } catch (RuntimeException e) {
      LOG.error("session {}: results cannot be stored", name, e);
      ending = new Ending(Status.FAILED, "Results cannot be stored: is the disk full?");
      slot.close();
      player.interrupt();
      asker.interrupt();
      asking.forEach(Ask::abandon);
      end();
    }
  }

  private void end() {
    if (over.compareAndSet(false, true)) {
      listener.ended(ending);
    }
  }

  /** The one place in which clips wait, with its losses counted. */
  private final class Slot implements ClipFeed.Sink {
    @Override
    public void put(TimedClip clip) throws InterruptedException {
      slot.put(clip);
    }

    @Override
    public void replace(TimedClip clip) {
      if (slot.replace(clip)) {
        drops.add(1);
      }
    }

    @Override
    public void skipped(long clips) {
      drops.add(clips);
    }

    @Override
    public void began(VideoInfo video) {
      listener.began(video);
    }
  }
}
