package framewise.engine.pipeline;

import framewise.engine.backend.Candidates;
import framewise.engine.backend.RequestPermit;
import framewise.engine.result.Event;
import framewise.engine.settings.PromptSettings;
import framewise.engine.settings.SkipUnchanged;
import framewise.engine.source.TimedClip;
import framewise.media.MediaTime;
import framewise.media.NewestSlot;
import framewise.time.WallClock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lane that asks one prompt about successive clips. A slot holds the newest clip. One thread sends
 * it when the back end has a free permit; another writes the results in clip order. A slow back end
 * delays no other prompt.
 */
final class AskLane implements Lane {
  /** Maximum number of clips in flight, if the back end allows as many. */
  private static final int MAX_IN_FLIGHT = 4;

  private static final Logger LOG = LoggerFactory.getLogger(AskLane.class);

  /**
   * Settings of a lane, all of which may change from one clip to the next.
   *
   * @param retryOld whether to retry a clip when a newer one waits
   */
  record LaneSettings(
      PromptSettings prompt,
      Candidates candidates,
      Optional<SkipUnchanged> skipUnchanged,
      boolean retryOld) {}

  private final Key key;
  private final BooleanSupplier wanted;
  private final Optional<MediaTime> after;
  private final WallClock clock;
  private final RunListener listener;
  private final LaneListener keeper;
  private final NewestSlot<TimedClip> slot = new NewestSlot<>(TimedClip::close);
  private final DropReport drops;
  private final UnchangedClips unchangedClips;
  private final AnsweringNotice answeringNotice;
  private final BlockingQueue<Optional<Ask>> inOrder = new ArrayBlockingQueue<>(MAX_IN_FLIGHT + 1);
  private final Semaphore room = new Semaphore(MAX_IN_FLIGHT);
  private final Set<Ask> asking = ConcurrentHashMap.newKeySet();
  private final Thread asker;
  private final Thread writer;
  private volatile LaneSettings orders;
  private volatile boolean begun;
  private volatile boolean stopped;

  /**
   * @param session its name, for logs and thread names
   * @param wanted whether the lane is active now
   * @param after start of the last clip that was answered before; clips up to there are skipped,
   *     until the first newer one
   */
  AskLane(
      String session,
      Kind kind,
      LaneSettings orders,
      BooleanSupplier wanted,
      Optional<MediaTime> after,
      WallClock clock,
      RunListener listener,
      LaneListener keeper) {
    Optional<String> name = orders.prompt().name();
    this.key = new Key(name, kind);
    this.wanted = wanted;
    this.orders = orders;
    this.after = after;
    this.clock = clock;
    this.listener = listener;
    this.keeper = keeper;
    this.begun = after.isEmpty();
    this.drops = new DropReport(name, clock, listener::dropped);
    this.unchangedClips = new UnchangedClips(name, clock, listener, drops);
    this.answeringNotice = new AnsweringNotice(name, listener::noticed);
    String thread = session + name.map(text -> "-" + text).orElse("");
    this.asker = Thread.ofVirtual().name("asker-" + thread).unstarted(this::ask);
    this.writer = Thread.ofVirtual().name("writer-" + thread).unstarted(this::write);
  }

  @Override
  public Key key() {
    return key;
  }

  @Override
  public boolean isWanted() {
    return wanted.getAsBoolean();
  }

  @Override
  public void start() {
    asker.start();
    writer.start();
  }

  /** Applies these settings from the next clip on. */
  void change(LaneSettings others) {
    orders = others;
  }

  @Override
  public void put(TimedClip clip) throws InterruptedException {
    if (isNew(clip)) {
      slot.put(clip.share());
    }
  }

  @Override
  public void replace(TimedClip clip) {
    if (isWanted() && isNew(clip) && slot.replace(clip.share())) {
      drops.add(1);
    }
  }

  @Override
  public void skipped(long clips) {
    if (isWanted()) {
      drops.add(clips);
    }
  }

  @Override
  public void end() {
    slot.end();
  }

  @Override
  public void stop(Duration patience) {
    stopped = true;
    slot.close();
    asker.interrupt();
    await(asker, patience); // no new requests from now on
    asking.forEach(Ask::abandon);
    writer.interrupt();
    await(writer, patience);
    reportDrops();
  }

  private void reportDrops() {
    try {
      drops.flush();
    } catch (RuntimeException e) {
      LOG.warn(
          "{}: failed to store the number of skipped clips: {}", writer.getName(), e.toString());
    }
  }

  private static void await(Thread thread, Duration patience) {
    if (thread.getState() == Thread.State.NEW || thread.equals(Thread.currentThread())) {
      return;
    }
    try {
      if (!thread.join(patience)) {
        LOG.warn("{} is slow to stop", thread.getName());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isNew(TimedClip clip) {
    if (!begun && after.map(clip.clip().start()::isAfter).orElse(true)) {
      begun = true;
    }
    return begun;
  }

  private void ask() {
    try {
      room.acquire();
      while (slot.await()) {
        if (discardIfCovered()) {
          continue;
        }
        LaneSettings now = orders;
        Optional<RequestPermit> permit = now.candidates().next(answeringNotice::noneAvailable);
        if (permit.isPresent() && ask(now, permit.get())) {
          room.acquire();
        } else if (permit.isEmpty() && isOverForNow(now)) {
          drops.add(1);
          slot.close();
        }
      }
      inOrder.put(Optional.empty());
    } catch (InterruptedException stop) {
      LOG.debug("{} stopped", Thread.currentThread().getName());
    }
  }

  /** Whether the waiting clip is the last one and no back end takes requests now. */
  private boolean isOverForNow(LaneSettings now) {
    return slot.hasEnded() && !now.retryOld() && now.candidates().isClosed();
  }

  /** Sends the newest clip; false if there is none, or the settings have changed since. */
  private boolean ask(LaneSettings now, RequestPermit permit) throws InterruptedException {
    Optional<TimedClip> clip = now.equals(orders) ? slot.take() : Optional.empty();
    if (clip.isPresent() && !isCovered(clip.get())) {
      submit(clip.get(), now, permit);
      return true;
    }
    permit.unused();
    clip.ifPresent(TimedClip::close);
    return false;
  }

  /** Releases the waiting clip if it can be skipped; returns whether it did. */
  private boolean discardIfCovered() {
    Optional<TimedClip> waiting = slot.look(TimedClip::share);
    if (waiting.isEmpty()) {
      return false;
    }
    try (TimedClip clip = waiting.get()) {
      boolean covered = isCovered(clip);
      if (covered && slot.remove(clip)) {
        waiting.ifPresent(TimedClip::close);
      }
      return covered;
    }
  }

  private boolean isCovered(TimedClip clip) {
    LaneSettings now = orders;
    return now.skipUnchanged()
        .filter(skip -> unchangedClips.covers(clip, skip, now.prompt().toString()))
        .isPresent();
  }

  private void submit(TimedClip clip, LaneSettings now, RequestPermit permit)
      throws InterruptedException {
    answeringNotice.granted(now.candidates(), permit);
    if (now.skipUnchanged().isPresent()) {
      unchangedClips.markAsked(clip, now.prompt().toString());
    } else {
      unchangedClips.forget();
    }
    var ask =
        new Ask(
            clip,
            now.prompt(),
            Optional.empty(),
            false,
            permit,
            now.candidates().wanted().name(),
            (failed, why) ->
                now.retryOld() || slot.isEmpty()
                    ? now.candidates().again(failed, why)
                    : Optional.empty(),
            listener,
            clock);
    asking.add(ask);
    ask.begin();
    inOrder.put(Optional.of(ask));
  }

  private void write() {
    try {
      for (Optional<Ask> next = inOrder.take(); next.isPresent(); next = inOrder.take()) {
        Ask ask = next.get();
        Event.Result result = ask.await();
        asking.remove(ask);
        long seq;
        try {
          if (stopped) {
            return;
          }
          seq = listener.result(result, ask.sent(), ask.attempts());
        } finally {
          ask.booked();
        }
        unchangedClips.answered(result.ok(), seq);
        drops.look();
        room.release();
      }
      unchangedClips.report();
      drops.flush();
      keeper.done(this);
    } catch (InterruptedException | CancellationException stop) {
      LOG.debug("{} stopped", Thread.currentThread().getName());
    } catch (RuntimeException e) {
      LOG.error("{}: failed to store results", writer.getName(), e);
      keeper.failed(Run.RESULTS_NOT_STORED);
    }
  }
}
