package framewise.engine.result;

import framewise.engine.SessionId;
import framewise.engine.WallClock;
import framewise.engine.store.Database;
import framewise.media.MediaTime;
import java.util.List;
import java.util.Map;
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
  private long lastSeq;
  private int run;
  private ResultCounts counts;
  private boolean running;
  private boolean closed;

  /** The log of a session, with what it already holds. */
  public ResultLog(SessionId session, Database database, WallClock clock) {
    this.session = session;
    this.store = new EventStore(session, database);
    this.clock = clock;
    this.counts = store.counts();
    store
        .newest()
        .ifPresent(
            newest -> {
              lastSeq = newest.seq();
              run = newest.run();
            });
  }

  /** From here on, events belong to the next run. */
  public void startRun() {
    lock.lock();
    try {
      run++;
      running = true;
    } finally {
      lock.unlock();
    }
  }

  /** The run that was cut off goes on under its own number. */
  public void resumeRun() {
    lock.lock();
    try {
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
    lock.lock();
    try {
      if (closed) {
        return 0;
      }
      long seq = lastSeq + 1;
      String json = EventJson.write(seq, run, session, clock.now(), event);
      store.insert(new LoggedEvent(seq, run, event.type(), json), event, together);
      lastSeq = seq;
      if (event instanceof Event.Result result) {
        counts = counts.plus(result);
      }
      if (event instanceof Event.Ended) {
        running = false;
      }
      changed.signalAll();
      return seq;
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
      return lastSeq;
    } finally {
      lock.unlock();
    }
  }

  /** The newest run's number, 0 before the first. */
  public int run() {
    lock.lock();
    try {
      return run;
    } finally {
      lock.unlock();
    }
  }

  /** Over all runs. */
  public ResultCounts counts() {
    lock.lock();
    try {
      return counts;
    } finally {
      lock.unlock();
    }
  }

  /** The events that follow {@code since}, oldest first, at most {@code limit}. */
  public List<LoggedEvent> after(long since, int limit) {
    return store.after(since, limit);
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
    return store.lastClips(run());
  }

  /**
   * The number after which the newest run begins, or its last {@link #REPLAY_LIMIT} events where it
   * is longer: what a new client wants to see.
   */
  public long startOfNewestRun() {
    return Math.max(store.firstSeq(run()) - 1, lastSeq() - REPLAY_LIMIT);
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
      while (lastSeq <= since && !isOver(since, restart)) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return lastSeq > since && !closed;
    } finally {
      lock.unlock();
    }
  }

  /** Whether a client that has everything up to {@code since} has nothing to wait for. */
  boolean isOver(long since, boolean restart) {
    lock.lock();
    try {
      return closed || (!restart && !running && run > 0 && since >= lastSeq);
    } finally {
      lock.unlock();
    }
  }
}
