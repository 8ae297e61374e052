package framewise.engine.pipeline;

import framewise.engine.WallClock;
import framewise.engine.backend.Candidates;
import framewise.engine.backend.Turn;
import framewise.engine.result.Event;
import framewise.engine.source.TimedClip;
import framewise.media.MediaTime;
import framewise.media.NewestSlot;
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
 * A prompt that is asked of one clip after the other. The newest clip waits in one place; a thread
 * asks about it when the back end has a turn, another writes the results in the order of their
 * clips. A prompt whose back end is slow holds up no other.
 */
final class AskLane implements Lane {
  /** How many clips are asked about at the same time, if the back end has so many turns. */
  private static final int MAX_IN_FLIGHT = 4;

  private static final Logger LOG = LoggerFactory.getLogger(AskLane.class);

  /**
   * What a lane goes by, all of which may change from one clip to the next.
   *
   * @param retryOld whether a clip is worth a second try when a newer one waits
   */
  record Orders(
      PromptSettings prompt,
      Candidates candidates,
      Optional<SkipUnchanged> skipUnchanged,
      boolean retryOld) {}

  private final Key key;
  private final BooleanSupplier wanted;
  private final Optional<MediaTime> after;
  private final WallClock clock;
  private final RunListener listener;
  private final Keeper keeper;
  private final NewestSlot<TimedClip> slot = new NewestSlot<>(TimedClip::close);
  private final DropReport drops;
  private final Sameness sameness;
  private final Standing standing;
  private final BlockingQueue<Optional<Ask>> inOrder = new ArrayBlockingQueue<>(MAX_IN_FLIGHT + 1);
  private final Semaphore room = new Semaphore(MAX_IN_FLIGHT);
  private final Set<Ask> asking = ConcurrentHashMap.newKeySet();
  private final Thread asker;
  private final Thread writer;
  private volatile Orders orders;
  private volatile boolean begun;
  private volatile boolean stopped;

  /**
   * @param session its name, for logs and thread names
   * @param wanted whether it asks now
   * @param after clips that start no later than this were answered before, until the first that
   *     does
   */
  AskLane(
      String session,
      Kind kind,
      Orders orders,
      BooleanSupplier wanted,
      Optional<MediaTime> after,
      WallClock clock,
      RunListener listener,
      Keeper keeper) {
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
    this.sameness = new Sameness(name, clock, listener, drops);
    this.standing = new Standing(name, listener::noticed);
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

  /** From the next clip that is asked about, these hold. */
  void change(Orders others) {
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
    await(asker, patience); // from here on nothing new is asked
    asking.forEach(Ask::abandon);
    writer.interrupt();
    await(writer, patience);
    reportDrops();
  }

  private void reportDrops() {
    try {
      drops.flush();
    } catch (RuntimeException e) {
      LOG.warn("{}: dropped clips cannot be stored: {}", writer.getName(), e.toString());
    }
  }

  private static void await(Thread thread, Duration patience) {
    if (thread.getState() == Thread.State.NEW || thread.equals(Thread.currentThread())) {
      return;
    }
    try {
      if (!thread.join(patience)) {
        LOG.warn("{} takes long to end", thread.getName());
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
        Orders now = orders;
        Optional<Turn> turn = now.candidates().next(standing::nobody);
        if (turn.isPresent() && ask(now, turn.get())) {
          room.acquire();
        } else if (turn.isEmpty() && isOverForNow(now)) {
          drops.add(1);
          slot.close();
        }
      }
      inOrder.put(Optional.empty());
    } catch (InterruptedException stop) {
      LOG.debug("{} stopped", Thread.currentThread().getName());
    }
  }

  /** Whether no clip follows the one that waits, and nobody may be asked about it now. */
  private boolean isOverForNow(Orders now) {
    return slot.hasEnded() && !now.retryOld() && now.candidates().isClosed();
  }

  /** Asks about the newest clip; false where there is none, or other orders hold by now. */
  private boolean ask(Orders now, Turn turn) throws InterruptedException {
    Optional<TimedClip> clip = now.equals(orders) ? slot.take() : Optional.empty();
    if (clip.isPresent() && !isCovered(clip.get())) {
      submit(clip.get(), now, turn);
      return true;
    }
    turn.unused();
    clip.ifPresent(TimedClip::close);
    return false;
  }

  /** Frees the clip that waits if it need not be asked about; whether it did. */
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
    Orders now = orders;
    return now.skipUnchanged()
        .filter(skip -> sameness.covers(clip, skip, now.prompt().toString()))
        .isPresent();
  }

  private void submit(TimedClip clip, Orders now, Turn turn) throws InterruptedException {
    standing.asked(now.candidates(), turn);
    if (now.skipUnchanged().isPresent()) {
      sameness.asked(clip, now.prompt().toString());
    } else {
      sameness.forget();
    }
    var ask =
        new Ask(
            clip,
            now.prompt(),
            turn,
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
        if (stopped) {
          return;
        }
        long seq = listener.result(result, ask.sent(), ask.attempts());
        sameness.answered(result.ok(), seq);
        drops.look();
        room.release();
      }
      sameness.report();
      drops.flush();
      keeper.done(this);
    } catch (InterruptedException | CancellationException stop) {
      LOG.debug("{} stopped", Thread.currentThread().getName());
    } catch (RuntimeException e) {
      LOG.error("{}: results cannot be stored", writer.getName(), e);
      keeper.failed(Run.RESULTS_NOT_STORED);
    }
  }
}
