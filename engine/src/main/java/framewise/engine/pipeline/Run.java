package framewise.engine.pipeline;

import framewise.engine.Status;
import framewise.engine.WallClock;
import framewise.engine.result.Event;
import framewise.engine.source.ClipSource;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One playing of a session's video, from its start to its end: a thread plays the source, one asks
 * the back end, one writes the results in the order of their clips. Every queue between them is
 * bounded.
 */
public final class Run {
  /** How many clips of one session are asked about at the same time, if the back end takes them. */
  static final int MAX_IN_FLIGHT = 4;

  private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(Run.class);

  private final String name;
  private final ClipSource source;
  private final BackendGate gate;
  private final WallClock clock;
  private final RunListener listener;
  private final long firstClip;

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
  private volatile @Nullable String failure;

  /**
   * @param name of the session, for logs and thread names
   * @param source is closed by the run
   * @param firstClip where to begin, 0 for the start of the video
   */
  public Run(
      String name,
      ClipSource source,
      StreamSettings settings,
      BackendGate gate,
      WallClock clock,
      RunListener listener,
      long firstClip) {
    this.name = name;
    this.source = source;
    this.settings = settings;
    this.gate = gate;
    this.clock = clock;
    this.listener = listener;
    this.firstClip = firstClip;
    this.room = new Semaphore(Math.min(MAX_IN_FLIGHT, gate.backend().concurrency()));
    this.drops = new DropReport(clock, listener::dropped);
    this.player = Thread.ofPlatform().daemon().name("play-" + name).unstarted(this::play);
    this.asker = Thread.ofVirtual().name("asker-" + name).unstarted(this::ask);
    this.writer = Thread.ofVirtual().name("writer-" + name).unstarted(this::write);
  }

  public void start() {
    player.start();
    asker.start();
    writer.start();
  }

  /** From the next clip that is asked about, this is the prompt. */
  public void updatePrompt(Prompt prompt) {
    settings = settings.withPrompt(prompt);
  }

  public StreamSettings settings() {
    return settings;
  }

  /**
   * Ends the run now. When this returns its threads are gone, save one that a native call holds for
   * longer than five seconds, and the listener is told nothing more.
   */
  public void stop() {
    over.set(true);
    slot.close();
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
    try (source) {
      new Player(source, settings, clock, slot, drops::add).play(firstClip);
    } catch (InterruptedException stopped) {
      LOG.debug("session {}: stopped playing", name);
    } catch (RuntimeException e) {
      LOG.error("session {}: the video cannot be read on", name, e);
      failure = "The video cannot be read any further.";
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
      failure = "Results cannot be stored: is the disk full?";
      slot.close();
      player.interrupt();
      asker.interrupt();
      asking.forEach(Ask::abandon);
      end();
    }
  }

  private void end() {
    if (over.compareAndSet(false, true)) {
      String reason = failure;
      if (reason == null) {
        listener.ended(Status.FINISHED, "The video ended.");
      } else {
        listener.ended(Status.FAILED, reason);
      }
    }
  }
}
