package framewise.engine.cluster;

import framewise.engine.RefusedException;
import framewise.engine.SessionId;
import framewise.time.Stopwatch;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over the sessions of failed nodes, and reloads what other nodes store. Looks for sessions
 * without an owner three times a second, and as soon as one is announced. Each node claims its
 * share; where two nodes claim the same session, the database decides. Safe for any number of
 * threads.
 */
public final class Handover implements Cluster.Listener, AutoCloseable {
  /** The sessions of this node. */
  public interface Host {
    /** Reloads from the database those of these sessions that are in memory. */
    void refresh(Set<SessionId> sessions);

    /** Reloads the sessions that clients wait for and other nodes own. */
    void refreshAwaited();

    /** Whether this node has what it needs to resume a session. */
    boolean canTake(SessionId session);

    /** Resumes a session that this node owns now. May take seconds. */
    void take(SessionId session);

    /** Stops working on all sessions, without storing anything. */
    void relinquishAll();

    /** Reloads cached data of one kind. */
    void refresh(Cluster.Topic topic);

    /** Measures the load and the remaining capacity of this node. */
    NodeCapacity room();

    /** Periodic work, once a second. */
    void tick();
  }

  private static final Duration POLL_SESSIONS = Duration.ofMillis(300);
  private static final int JITTER_MS = 60;
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration TOPIC_POLL = Duration.ofSeconds(5);
  private static final int MAX_CLAIMED = 200;

  /** Wait before the next check after another node claimed a session first. */
  private static final int CLAIM_LOST_WAIT_MS = 30;

  /** Maximum number of sessions opened concurrently, because each may wait for its video. */
  private static final int OPENING = 8;

  private static final Logger LOG = LoggerFactory.getLogger(Handover.class);

  private final Cluster cluster;
  private final Host host;
  private final ExecutorService opening =
      Executors.newFixedThreadPool(
          OPENING, Thread.ofPlatform().daemon().name("take-over-", 0).factory());
  private final Set<SessionId> taking = ConcurrentHashMap.newKeySet();
  private final AtomicInteger taken = new AtomicInteger();
  private final Thread thread = Thread.ofPlatform().daemon().name("handover").unstarted(this::run);

  /** Gets a permit when there may be sessions without an owner. */
  private final Semaphore orphaned = new Semaphore(0);

  private volatile boolean closed;
  private volatile NodeCapacity room = new NodeCapacity(0, 0, 0, false);

  /** Whether another node claimed a session first in this round. */
  private boolean beaten;

  private final Stopwatch polled = Stopwatch.start();
  private final Stopwatch topicsRead = Stopwatch.start();

  public Handover(Cluster cluster, Host host) {
    this.cluster = cluster;
    this.host = host;
  }

  /** Starts to take over sessions. */
  public void start() {
    report();
    cluster.listen(this);
    thread.start();
  }

  /** Number of sessions that are about to resume here. */
  public int taking() {
    return taking.size();
  }

  /** The load and capacity that this node reported last. */
  public NodeCapacity room() {
    return room;
  }

  /** Whether a session is about to resume here. */
  public boolean isTaking(SessionId session) {
    return taking.contains(session);
  }

  /** Number of sessions that this node has taken over. */
  public int takenOver() {
    return taken.get();
  }

  @Override
  public void changed(Set<SessionId> sessions) {
    host.refresh(sessions);
  }

  @Override
  public void changed(Cluster.Topic topic) {
    if (topic == Cluster.Topic.ALL) {
      host.refreshAwaited();
    }
    host.refresh(topic);
  }

  @Override
  public void orphaned() {
    orphaned.release();
  }

  @Override
  public void lost() {
    host.relinquishAll();
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    opening.shutdownNow();
    try {
      boolean _ = thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closed) {
        beaten = false;
        attempt(this::once);
        long pause = beaten ? CLAIM_LOST_WAIT_MS : POLL_SESSIONS.toMillis();
        boolean _ =
            orphaned.tryAcquire(
                pause + ThreadLocalRandom.current().nextInt(JITTER_MS), TimeUnit.MILLISECONDS);
        orphaned.drainPermits();
      }
    } catch (InterruptedException end) {
      LOG.debug("taking over sessions stopped");
    }
  }

  private void once() {
    report();
    if (!cluster.isDraining()) {
      claimShare();
    }
    if (polled.exceeds(POLL)) {
      polled.restart();
      host.refreshAwaited();
      host.tick();
    }
    if (topicsRead.exceeds(TOPIC_POLL)) {
      topicsRead.restart();
      host.refresh(Cluster.Topic.ALL);
    }
  }

  private void report() {
    room = host.room().minus(taking.size());
    cluster.report(room);
  }

  private void claimShare() {
    int more = room.freeSessions();
    if (more <= 0) {
      return;
    }
    List<SessionId> orphans =
        cluster.orphans(MAX_CLAIMED).stream().filter(id -> !taking.contains(id)).toList();
    if (orphans.isEmpty()) {
      return;
    }
    long nodes = Math.max(1, cluster.nodes().stream().filter(Node::takesMore).count());
    long share = Math.min(more, (orphans.size() + nodes - 1) / nodes);
    for (SessionId orphan : orphans.stream().filter(host::canTake).limit(share).toList()) {
      if (cluster.claim(orphan)) {
        open(orphan);
      } else {
        beaten = true;
      }
    }
  }

  private void open(SessionId session) {
    taking.add(session);
    try {
      opening.execute(
          () -> {
            try {
              attempt(() -> host.take(session));
              taken.incrementAndGet();
            } finally {
              taking.remove(session);
            }
          });
    } catch (RejectedExecutionException closing) {
      taking.remove(session);
    }
  }

  private static void attempt(Runnable work) {
    try {
      work.run();
    } catch (RefusedException e) {
      LOG.debug("the handover is waiting: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.warn("the handover failed; trying again", e);
    }
  }
}
