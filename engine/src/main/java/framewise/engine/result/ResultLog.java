package framewise.engine.result;

import framewise.engine.SessionId;
import framewise.engine.WallClock;
import framewise.engine.store.Database;
import framewise.media.MediaTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * Everything that happened in one session, numbered from 1 without gaps. It is the only way out: an
 * event is stored first and shown to the taps afterwards, so what a client saw is never lost, and
 * every client is told the same. Safe for any number of threads.
 */
public final class ResultLog implements AutoCloseable {
  /** How much of the newest run a client gets that does not say where it left off. */
  public static final int REPLAY_LIMIT = 1_000;

  private final SessionId session;
  private final EventStore store;
  private final WallClock clock;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Tally tally;
  private Tally beforeRun = Tally.EMPTY;
  private boolean running;
  private boolean closed;

  /** The log of a session, with what it already holds. */
  public ResultLog(SessionId session, Database database, WallClock clock) {
    this.session = session;
    this.store = new EventStore(session, database);
    this.clock = clock;
    this.tally = store.tally();
  }

  /** From here on, events belong to the next run. */
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

  /** The run that was announced doesn't begin: nothing of it was stored. */
  public void abandonRun() {
    lock.lock();
    try {
      // An answer asked beside the run may be stored: its number is taken.
      if (tally.lastSeq() == beforeRun.lastSeq()) {
        tally = beforeRun;
      }
      running = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The run that was cut off goes on under its own number. */
  public void resumeRun() {
    lock.lock();
    try {
      beforeRun = tally;
      running = true;
    } finally {
      lock.unlock();
    }
  }

  /** The session is deleted: taps end, nothing is added any more. */
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
   * Numbers the event, stores it, shows it to the taps. Does nothing once the log is closed.
   *
   * @return its number, 0 once the log is closed
   */
  public long append(Event event) {
    return append(event, handle -> {});
  }

  /** As {@link #append(Event)}, with a change that is stored together with the event. */
  public long append(Event event, Consumer<Handle> together) {
    return append(List.of(event), together, false);
  }

  /**
   * As {@link #append(Event, Consumer)}, for the last events of a run: all of them are stored, or
   * none, and they still fit on a full disk.
   */
  public long conclude(List<Event> events, Consumer<Handle> together) {
    return append(events, together, true);
  }

  private long append(List<Event> events, Consumer<Handle> together, boolean fromReserve) {
    lock.lock();
    try {
      if (closed) {
        return 0;
      }
      List<EventStore.Entry> entries = new ArrayList<>();
      Tally after = tally;
      Instant now = clock.now();
      for (Event event : events) {
        after = after.plus(event, now);
        long seq = after.lastSeq();
        String json = EventJson.write(seq, after.run(), session, now, event);
        var logged = new LoggedEvent(seq, after.run(), event.type(), json);
        entries.add(new EventStore.Entry(logged, event));
      }
      store.insert(entries, after, together, fromReserve);
      tally = after;
      if (events.getLast() instanceof Event.Ended) {
        running = false;
      }
      changed.signalAll();
      return after.lastSeq();
    } finally {
      lock.unlock();
    }
  }

  /** Stores a change that no event tells of yet. Does nothing once the log is closed. */
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

  /** The number of the newest event, 0 where there is none. */
  public long lastSeq() {
    lock.lock();
    try {
      return tally.lastSeq();
    } finally {
      lock.unlock();
    }
  }

  /** The newest run's number, 0 before the first. */
  public int run() {
    lock.lock();
    try {
      return tally.run();
    } finally {
      lock.unlock();
    }
  }

  /** Over all runs. */
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

  /** The events that follow {@code since}, oldest first, at most {@code limit}. */
  public List<LoggedEvent> after(long since, int limit) {
    return store.after(since, limit);
  }

  /** The same, and no more once they have so many characters; at least one where there is one. */
  List<LoggedEvent> after(long since, int limit, long characters) {
    return store.after(since, limit, characters);
  }

  /** The results alone that follow {@code since}, oldest first, at most {@code limit}. */
  public List<LoggedEvent> resultsAfter(long since, int limit) {
    return resultsAfter(since, limit, ResultFilter.ALL);
  }

  /** Of these results only some. */
  public List<LoggedEvent> resultsAfter(long since, int limit, ResultFilter which) {
    return store.resultsAfter(since, limit, which);
  }

  /**
   * The names of the prompts that have results in any run, in the order of the first of them; the
   * empty name for a prompt without.
   */
  public List<String> promptNames() {
    return store.promptNames();
  }

  /**
   * When the newest clip with a result in the newest run began, for each prompt by its name, or by
   * the empty name: a run that was cut off goes on after it.
   */
  public Map<String, MediaTime> lastClips() {
    Tally now = tally();
    return store.lastClips(now.run(), now.runStart());
  }

  /**
   * The number after which the newest run begins, or its last {@link #REPLAY_LIMIT} events where it
   * is longer: what a new client wants to see.
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

  /** Yields every event after {@code since}, then the new ones as they happen. */
  public Tap tap(long since) {
    return new Tap(this, since, false);
  }

  /** As {@link #tap}; a client that has everything waits for the next start. */
  public Tap tapUntilStarted(long since) {
    return new Tap(this, since, true);
  }

  /**
   * Waits for an event after {@code since}.
   *
   * @param restart whether the next start is waited for as well
   * @return false when the time ran out or nothing more will come
   */
  boolean awaitAfter(long since, boolean restart, long nanos) throws InterruptedException {
    long left = nanos;
    lock.lockInterruptibly();
    try {
      while (tally.lastSeq() <= since && !isOver(since, restart)) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return tally.lastSeq() > since && !closed;
    } finally {
      lock.unlock();
    }
  }

  /** Whether a client that has everything up to {@code since} has nothing to wait for. */
  boolean isOver(long since, boolean restart) {
    lock.lock();
    try {
      return closed || (!restart && !running && tally.run() > 0 && since >= tally.lastSeq());
    } finally {
      lock.unlock();
    }
  }
}
