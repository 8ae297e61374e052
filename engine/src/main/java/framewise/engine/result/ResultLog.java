package framewise.engine.result;

import framewise.engine.SessionId;
import framewise.engine.store.BulkReads;
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
 * Log of all events of one session, numbered from 1 without gaps. Events reach clients only through
 * it: each is stored first and then passed to the taps, so every event that a client has seen is
 * stored, and all clients get the same events. Safe for any number of threads.
 */
public final class ResultLog implements AutoCloseable {
  /** Maximum number of past events, from the newest run, that a client without a position gets. */
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

  /** Store times of the newest results that this node stored, by number. */
  private final Map<Long, StoreTime> storeTimes =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, StoreTime> eldest) {
          return size() > STORE_TIMES;
        }
      };

  /** Events of the run under way, for clients that keep up. */
  private final RecentEvents recent = new RecentEvents();

  /** Number of look-backs under way. */
  private int beside;

  private boolean uncertain;
  private boolean closed;

  /** Number of clients that wait for events of a session that another node writes. */
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

  /** Whether this node writes the log, as far as it knows, rather than another one. */
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
   * Becomes the writer, after the database has made this node the owner. Clients keep waiting if
   * the run continues.
   */
  public void own() {
    lock.lock();
    try {
      tally = store.open();
      recent.clear();
      beforeRun = tally;
      uncertain = false;
      beside = 0;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Stops writing, because another node may be the owner now. */
  public void abandon() {
    // Without the lock, because an append may hold it while it waits for the database.
    store.abandon();
  }

  /**
   * Updates this log with what another node has stored. Does nothing if this node writes the log.
   *
   * @param stored tally, read at the same moment as the other two
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

  /** Whether clients wait for events from another node. */
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

  /** Undoes {@link #startRun}, because nothing of the run was stored. */
  public void abandonRun() {
    lock.lock();
    try {
      // Unless an answer of a separate question was stored, which uses the run's number.
      if (tally.lastSeq() == beforeRun.lastSeq() && tally.lastRun() == tally.run()) {
        tally = beforeRun;
      }
      running = false;
      recent.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Continues the interrupted run, under the same number. */
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
   * Starts a look-back, concurrently with the run that plays the video, if there is one. Clients
   * wait for its events until {@link #endBeside}.
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
   * Like {@link #append(Event, Consumer)}, for an event of a look-back. Watches don't test it.
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
      recent.clear();
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
   * Like {@link #append(Event, Consumer)}, for the last events of a run. Stores all of them or
   * none, and may use the reserved space of a full disk.
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
        recent.clear();
      }
      changed.signalAll();
      return last;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Stores events that were not caused by another event, for example after a watch is deleted. Does
   * nothing once the log is closed.
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
      if (running) {
        recent.add(entry.logged());
      }
      if (entry.content() instanceof Event.Result) {
        storeTimes.put(entry.logged().seq(), times);
      }
    }
  }

  /** All events after {@code since}, if they are in memory. */
  private Optional<LogPage> recentAfter(long since, int limit, long characters) {
    lock.lock();
    try {
      return recent.between(since, tally.lastSeq(), limit, characters);
    } finally {
      lock.unlock();
    }
  }

  /** The present time, on the clock of {@link StoreTime}. */
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

  /**
   * The tally from which to number. Reloaded after a failed write, because the commit may have
   * succeeded.
   */
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

  /** Stores a change without an event. Does nothing once the log is closed. */
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
   * Events after {@code since}, oldest first, at most {@code limit}. Large events make a page
   * shorter, but it is empty only after the last event.
   */
  public List<LoggedEvent> after(long since, int limit) {
    return BulkReads.read(() -> store.after(since, limit, LogPage.MAX_CHARACTERS)).events();
  }

  /**
   * Like {@link #after(long, int)}, up to this many characters.
   *
   * @param backlog whether it is one of many pages
   */
  LogPage after(long since, int limit, long characters, boolean backlog) {
    Optional<LogPage> kept = recentAfter(since, limit, characters);
    if (kept.isPresent()) {
      return kept.get();
    }
    return backlog
        ? BulkReads.read(() -> store.after(since, limit, characters))
        : store.after(since, limit, characters);
  }

  /**
   * Results after {@code since}, oldest first, at most {@code limit}. Large results make a page
   * shorter, but it is empty only after the last result.
   */
  public List<LoggedEvent> resultsAfter(long since, int limit) {
    return resultsAfter(since, limit, ResultFilter.ALL).events();
  }

  /** Like {@link #resultsAfter(long, int)}, filtered. */
  public LogPage resultsAfter(long since, int limit, ResultFilter which) {
    return BulkReads.read(() -> store.resultsAfter(since, limit, LogPage.MAX_CHARACTERS, which));
  }

  /**
   * Names of the prompts that have results in any run, in the order of their first result; an empty
   * name for a prompt without one.
   */
  public List<String> promptNames() {
    return BulkReads.read(store::promptNames);
  }

  /**
   * Start of the newest answered clip in the newest run, by prompt name, or by the empty name. An
   * interrupted run resumes after it.
   */
  public Map<String, MediaTime> lastClips() {
    Tally now = tally();
    return store.lastClips(now.run(), now.runStart());
  }

  /**
   * Position of a new client: the number of the event before the newest run or, for a longer run,
   * before its last {@link #REPLAY_LIMIT} events.
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

  /** A tap that reads all events after {@code since}, then new ones as they happen. */
  public Tap tap(long since) {
    return new Tap(this, since, false);
  }

  /** Like {@link #tap}, but a client that has all events waits for the next start. */
  public Tap tapUntilStarted(long since) {
    return new Tap(this, since, true);
  }

  /**
   * Waits for an event after {@code since}.
   *
   * @param restart whether to wait for the next start too
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
