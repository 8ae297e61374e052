package framewise.engine.result;

import framewise.engine.SessionId;
import framewise.engine.store.Database;
import framewise.media.MediaTime;
import framewise.time.WallClock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * Log of all events of one session, numbered from 1 without gaps. The only way for events to reach
 * clients: each is stored first and then passed to the taps, so nothing that a client saw is lost,
 * and all clients get the same. Safe for any number of threads.
 */
public final class ResultLog implements AutoCloseable {
  /** Maximum number of events of the newest run for a client without a position. */
  public static final int REPLAY_LIMIT = 1_000;

  /** Number of results whose store times are remembered. */
  private static final int STORE_TIMES = 256;

  /**
   * When a result was stored, by {@link WallClock#nanos}.
   *
   * @param began when storing began, including the wait for other events of the session
   * @param committed when it was stored, and readable by clients
   */
  public record StoreTime(long began, long committed) {}

  private final SessionId session;
  private final EventStore store;
  private final WallClock clock;
  private final Follower follower;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Tally tally;
  private Tally beforeRun = Tally.EMPTY;
  private boolean running;

  /** By number; of the newest results that this node stored. */
  private final Map<Long, StoreTime> storeTimes =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, StoreTime> eldest) {
          return size() > STORE_TIMES;
        }
      };

  /** Number of look-backs under way. */
  private int beside;

  private boolean uncertain;
  private boolean closed;

  /** Number of clients that wait, where another node writes. */
  private int waiting;

  /** Opens the log of a session, with its stored events. */
  public ResultLog(SessionId session, Database database, WallClock clock) {
    this(session, database, clock, Follower.NONE);
  }

  /**
   * Like {@link #ResultLog(SessionId, Database, WallClock)}.
   *
   * @param follower adds events that follow from others
   */
  public ResultLog(SessionId session, Database database, WallClock clock, Follower follower) {
    this.session = session;
    this.store = new EventStore(session, database);
    this.clock = clock;
    this.follower = follower;
    this.tally = store.open();
  }

  /** Whether this node writes the log, as far as it knows; otherwise another one does. */
  public boolean isOwned() {
    return store.isOpen();
  }

  /**
   * Checks that this node writes the log.
   *
   * @throws framewise.engine.RefusedException when another one does
   */
  public void requireOwned() {
    if (!isOwned()) {
      throw Tally.takenOver();
    }
  }

  /**
   * Becomes the writer, after the database named this node the owner. Clients of a run that
   * continues keep waiting.
   */
  public void own() {
    lock.lock();
    try {
      tally = store.open();
      beforeRun = tally;
      uncertain = false;
      beside = 0;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Writes nothing any more, because another node may be the owner now. */
  public void abandon() {
    // Without the lock: an append may hold it while it waits for the database.
    store.abandon();
  }

  /**
   * Takes over what another node has stored. Does nothing where this node writes.
   *
   * @param stored read together with the other two
   * @param runs whether a run is under way, or is about to resume
   * @param lookback whether a look-back is under way
   */
  public void follow(Tally stored, boolean runs, boolean lookback) {
    lock.lock();
    try {
      if (isOwned() || closed || stored.lastSeq() < tally.lastSeq()) {
        return;
      }
      tally = stored;
      beforeRun = stored;
      running = runs;
      beside = lookback ? 1 : 0;
      uncertain = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether clients wait for what another node stores. */
  public boolean isAwaited() {
    lock.lock();
    try {
      return waiting > 0;
    } finally {
      lock.unlock();
    }
  }

  /** Starts a run, to which the following events belong. */
  public void startRun() {
    lock.lock();
    try {
      beforeRun = tally;
      tally = tally.nextRun();
      running = true;
    } finally {
      lock.unlock();
    }
  }

  /** Takes back {@link #startRun}, because nothing of the run was stored. */
  public void abandonRun() {
    lock.lock();
    try {
      // An answer asked beside the run may be stored: its number is taken.
      if (tally.lastSeq() == beforeRun.lastSeq() && tally.lastRun() == tally.run()) {
        tally = beforeRun;
      }
      running = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Continues the run that was cut off, under the same number. */
  public void resumeRun() {
    lock.lock();
    try {
      beforeRun = tally;
      running = true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Starts a look-back beside the run that plays the video, if there is one. Clients wait for its
   * events until {@link #endBeside}.
   *
   * @return its number among the session's runs
   */
  public int startBeside() {
    lock.lock();
    try {
      tally = tally.withRunBeside();
      beside++;
      return tally.lastRun();
    } finally {
      lock.unlock();
    }
  }

  /** Ends a look-back, whose last event is stored. */
  public void endBeside() {
    lock.lock();
    try {
      beside--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether a look-back is under way. */
  public boolean hasBeside() {
    lock.lock();
    try {
      return beside > 0;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Like {@link #append(Event, Consumer)}, for an event of a look-back. Watches do not see it.
   *
   * @param run its number from {@link #startBeside}
   */
  public long appendBeside(int run, Event event, Consumer<Handle> together) {
    long began = clock.nanos();
    lock.lock();
    try {
      if (closed) {
        return 0;
      }
      var batch = new LogBatch(session, tally, clock.now(), Optional.of(run));
      long seq = batch.add(event);
      store(batch, together, false, began);
      changed.signalAll();
      return seq;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the taps and ignores further events, because the session is deleted. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      running = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Numbers the event, stores it and passes it to the taps. Does nothing once the log is closed.
   *
   * @return its number, 0 once the log is closed
   */
  public long append(Event event) {
    return append(event, handle -> {});
  }

  /** Like {@link #append(Event)}, with a change that is stored in the same transaction. */
  public long append(Event event, Consumer<Handle> together) {
    return append(List.of(event), together, false);
  }

  /**
   * Like {@link #append(Event, Consumer)}, for the last events of a run: stores all of them or
   * none, and has space reserved for them on a full disk.
   */
  public long conclude(List<Event> events, Consumer<Handle> together) {
    return append(events, together, true);
  }

  private long append(List<Event> events, Consumer<Handle> together, boolean fromReserve) {
    long began = clock.nanos();
    lock.lock();
    try {
      if (closed) {
        return 0;
      }
      var batch = new LogBatch(session, current(), clock.now());
      long last = 0;
      for (Event event : events) {
        if (event instanceof Event.Ended) {
          batch.follow(follower, batch.lastSeq(), event);
          last = batch.add(event);
        } else {
          last = batch.add(event);
          batch.follow(follower, last, event);
        }
      }
      store(batch, together, fromReserve, began);
      if (events.getLast() instanceof Event.Ended) {
        running = false;
      }
      changed.signalAll();
      return last;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Stores events that follow from no other, as when a watch is deleted. Does nothing once the log
   * is closed.
   *
   * @param newest makes them from the number of the newest event and the number of the run; called
   *     while the log is locked
   */
  public void followUp(BiFunction<Long, Integer, FollowUp> newest) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      FollowUp made = newest.apply(current().lastSeq(), tally.run());
      if (made.equals(FollowUp.NOTHING)) {
        return;
      }
      var batch = new LogBatch(session, tally, clock.now());
      batch.add(made);
      store(batch, handle -> {}, true, clock.nanos());
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void store(LogBatch batch, Consumer<Handle> together, boolean fromReserve, long began) {
    boolean stored = false;
    uncertain = true;
    try {
      store.insert(batch.entries(), batch.tally(), together.andThen(batch::store), fromReserve);
      stored = true;
      uncertain = false;
    } finally {
      batch.finish(stored);
    }
    tally = batch.tally();
    var times = new StoreTime(began, clock.nanos());
    for (EventStore.Entry entry : batch.entries()) {
      if (entry.content() instanceof Event.Result) {
        storeTimes.put(entry.logged().seq(), times);
      }
    }
  }

  /** Now, on the clock of {@link StoreTime}. */
  public long nanos() {
    return clock.nanos();
  }

  /** When one of the newest results was stored; empty for older ones and those of other nodes. */
  public Optional<StoreTime> storeTime(long seq) {
    lock.lock();
    try {
      return Optional.ofNullable(storeTimes.get(seq));
    } finally {
      lock.unlock();
    }
  }

  /** The tally to number from; read again after a failure, which may have followed the commit. */
  private Tally current() {
    if (uncertain) {
      Tally found = store.tally();
      if (found.lastSeq() > tally.lastSeq()) {
        tally = tally.run() > found.run() ? found.nextRun() : found;
      }
      uncertain = false;
    }
    return tally;
  }

  /** Stores a change that has no event yet. Does nothing once the log is closed. */
  public void store(Consumer<Handle> change) {
    lock.lock();
    try {
      if (!closed) {
        store.write(change);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Number of the newest event; 0 where there is none. */
  public long lastSeq() {
    lock.lock();
    try {
      return tally.lastSeq();
    } finally {
      lock.unlock();
    }
  }

  /** Time of the newest event; the epoch where there is none. */
  public Instant newestAt() {
    return tally().at();
  }

  /** Number of the newest run; 0 before the first. */
  public int run() {
    lock.lock();
    try {
      return tally.run();
    } finally {
      lock.unlock();
    }
  }

  /** Counts over all runs. */
  public ResultCounts counts() {
    lock.lock();
    try {
      return tally.counts();
    } finally {
      lock.unlock();
    }
  }

  /** The last result; empty before the first. */
  public Optional<NewestAnswer> newest() {
    lock.lock();
    try {
      return tally.newest();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Events after {@code since}, oldest first, at most {@code limit}, and fewer where they are
   * large: empty only after the last.
   */
  public List<LoggedEvent> after(long since, int limit) {
    return after(since, limit, LogPage.MOST_CHARACTERS);
  }

  /** Like {@link #after(long, int)}, up to this many characters. */
  List<LoggedEvent> after(long since, int limit, long characters) {
    return store.after(since, limit, characters).events();
  }

  /**
   * Results after {@code since}, oldest first, at most {@code limit}, and fewer where they are
   * large: empty only after the last.
   */
  public List<LoggedEvent> resultsAfter(long since, int limit) {
    return resultsAfter(since, limit, ResultFilter.ALL).events();
  }

  /** Like {@link #resultsAfter(long, int)}, filtered. */
  public LogPage resultsAfter(long since, int limit, ResultFilter which) {
    return store.resultsAfter(since, limit, LogPage.MOST_CHARACTERS, which);
  }

  /**
   * Names of the prompts that have results in any run, in the order of their first result; an empty
   * name for a prompt without one.
   */
  public List<String> promptNames() {
    return store.promptNames();
  }

  /**
   * Start of the newest answered clip in the newest run, by prompt name, or by the empty name: a
   * run that was cut off resumes after it.
   */
  public Map<String, MediaTime> lastClips() {
    Tally now = tally();
    return store.lastClips(now.run(), now.runStart());
  }

  /**
   * Number of the event before the newest run, or before its last {@link #REPLAY_LIMIT} events
   * where it is longer: where a new client begins.
   */
  public long startOfNewestRun() {
    Tally now = tally();
    return Math.max(now.runStart() - 1, now.lastSeq() - REPLAY_LIMIT);
  }

  private Tally tally() {
    lock.lock();
    try {
      return tally;
    } finally {
      lock.unlock();
    }
  }

  /** Reads every event after {@code since}, then new ones as they happen. */
  public Tap tap(long since) {
    return new Tap(this, since, false);
  }

  /** Like {@link #tap}; a client that has everything waits for the next start. */
  public Tap tapUntilStarted(long since) {
    return new Tap(this, since, true);
  }

  /**
   * Waits for an event after {@code since}.
   *
   * @param restart whether to wait for the next start as well
   * @return false on timeout, or when no event will follow
   */
  boolean awaitAfter(long since, boolean restart, long nanos) throws InterruptedException {
    long left = nanos;
    lock.lockInterruptibly();
    waiting++;
    try {
      while (tally.lastSeq() <= since && !isOver(since, restart)) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return tally.lastSeq() > since && !closed;
    } finally {
      waiting--;
      lock.unlock();
    }
  }

  /** Whether no event will follow for a client that has everything up to {@code since}. */
  boolean isOver(long since, boolean restart) {
    lock.lock();
    try {
      return closed
          || (!restart && !running && beside == 0 && tally.run() > 0 && since >= tally.lastSeq());
    } finally {
      lock.unlock();
    }
  }
}
