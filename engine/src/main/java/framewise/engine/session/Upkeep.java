package framewise.engine.session;

import framewise.engine.RefusedException;
import framewise.engine.folder.DataFolder;
import framewise.engine.result.IndexBacklog;
import framewise.engine.store.Database;
import framewise.time.WallClock;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Periodic work while the data folder is open: stores the ends of runs that couldn't be stored in
 * time, resumes sessions once there is space again, renews the lock, checks the database.
 */
final class Upkeep implements AutoCloseable {
  private interface Work {
    void run() throws IOException;
  }

  private static final Duration PERIOD = Duration.ofSeconds(2);

  /** Uptime after which a crash loop is ruled out. */
  private static final Duration STABLE_AFTER = Duration.ofMinutes(10);

  /** Number of periods between sweeps: five minutes. */
  private static final int SWEEP_EVERY = 150;

  /** Database files larger than this are checked completely only after a crash. */
  private static final long SOON_CHECKED = 256L << 20;

  private static final long TIMEOUT_MS = 10_000;
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

  private final Sessions sessions;
  private final DataFolder folder;
  private final Database database;
  private final Sweeper sweeper;
  private final boolean crashed;
  private final boolean resume;
  private final WallClock clock;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final long openedAt;
  private boolean stable;
  private int untilSweep;
  private @Nullable Thread resuming;
  private @Nullable Thread keeping;

  /**
   * @param crashed whether the previous process crashed, so that the database is checked more
   *     thoroughly
   * @param resume whether sessions resume automatically
   */
  Upkeep(
      Sessions sessions,
      DataFolder folder,
      Database database,
      Sweeper sweeper,
      boolean crashed,
      boolean resume,
      WallClock clock) {
    this.sessions = sessions;
    this.folder = folder;
    this.database = database;
    this.sweeper = sweeper;
    this.crashed = crashed;
    this.resume = resume;
    this.clock = clock;
    this.openedAt = clock.nanos();
  }

  /** Starts, and resumes the given sessions. */
  synchronized void start(Resumption resumption) {
    if (keeping != null || closed.getCount() == 0) {
      return;
    }
    resuming = Thread.ofPlatform().daemon().name("resume").start(resumption::run);
    keeping = Thread.ofPlatform().daemon().name("upkeep").start(this::run);
  }

  /** Stops, together with any resumption in progress. */
  @Override
  public void close() {
    closed.countDown();
    List<@Nullable Thread> threads;
    synchronized (this) {
      threads = Arrays.asList(resuming, keeping);
    }
    for (Thread thread : threads) {
      if (thread != null) {
        end(thread);
      }
    }
  }

  private static void end(Thread thread) {
    thread.interrupt();
    try {
      thread.join(TIMEOUT_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    if (crashed || database.bytes() < SOON_CHECKED) {
      attempt(database::check);
    }
    attempt(() -> new IndexBacklog(database).fill(() -> closed.getCount() > 0));
    try {
      while (!closed.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
        attempt(this::once);
      }
    } catch (InterruptedException end) {
      LOG.debug("upkeep stopped");
    }
  }

  private static void attempt(Work work) {
    try {
      work.run();
    } catch (RefusedException e) {
      LOG.debug("upkeep is waiting: {}", e.getMessage());
    } catch (IOException e) {
      LOG.warn("upkeep failed; trying again: {}", e.toString());
    } catch (RuntimeException e) {
      LOG.warn("upkeep failed; trying again", e);
    }
  }

  private void once() throws IOException {
    folder.lock().renew();
    sessions.storePendingEnds();
    if (!folder.space().isFull() && resume) {
      sessions.resumeCutOff();
    }
    if (untilSweep-- <= 0) {
      untilSweep = SWEEP_EVERY;
      sweeper.sweep();
    }
    if (!stable && clock.nanos() - openedAt > STABLE_AFTER.toNanos()) {
      stable = true;
      sessions.forgetCrashes();
    }
  }
}
