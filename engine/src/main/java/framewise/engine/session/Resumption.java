package framewise.engine.session;

import framewise.engine.Refusal.Code;
import framewise.engine.RefusedException;
import framewise.engine.session.store.SessionStore;
import framewise.engine.session.video.Lifecycle;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Resumes the sessions that were streaming when the process ended, one after another, while the
 * service already accepts requests. Safe for any number of threads.
 */
final class Resumption {
  /**
   * Number of consecutive crashes while a session was streaming, after which it is not resumed
   * automatically.
   */
  static final int MAX_CRASHES = 2;

  /**
   * Maximum number of consecutive nodes that died within seconds of taking a session over, up to
   * which it is still resumed automatically.
   */
  static final int MAX_DEATHS = 3;

  private static final Logger LOG = LoggerFactory.getLogger(Resumption.class);

  private final SessionStore store;
  private final boolean wanted;
  private final boolean crashed;
  private final Deque<Session> waiting = new ArrayDeque<>();

  /** Sessions still to resume, including the one in progress. */
  private int left;

  /**
   * @param wanted whether sessions resume automatically
   * @param crashed whether the previous process crashed
   */
  Resumption(SessionStore store, boolean wanted, boolean crashed) {
    this.store = store;
    this.wanted = wanted;
    this.crashed = crashed;
  }

  /** Decides which sessions are resumed. They wait for {@link #run}. */
  void prepare(List<Session> cutOff) {
    for (Session session : cutOff) {
      try {
        prepare(session);
      } catch (RefusedException e) {
        LOG.warn("failed to resume session {}: {}", session.id(), e.getMessage());
      }
    }
    if (!crashed) {
      store.forgetCrashes();
    }
  }

  /** Number of sessions still to resume. */
  synchronized int left() {
    return left;
  }

  /** Resumes all of them. */
  void run() {
    while (!Thread.currentThread().isInterrupted()) {
      Session next;
      synchronized (this) {
        next = waiting.poll();
        left = waiting.size() + (next == null ? 0 : 1);
      }
      if (next == null) {
        return;
      }
      resume(next, "a restart");
    }
  }

  /**
   * Resumes a session that another node was working on.
   *
   * @param deaths number of consecutive nodes that died while it was streaming there
   * @param node name of this node for people
   */
  void takeOver(Session session, int deaths, String node) {
    if (session.isIdle() || session.isDamaged()) {
      return;
    }
    if (!wanted || !session.canResume()) {
      session.endInterrupted(Lifecycle.LifecycleEvent.FAIL, "interrupted");
    } else if (deaths > MAX_DEATHS) {
      session.endInterrupted(
          Lifecycle.LifecycleEvent.STOP,
          "Not resumed: %d nodes in a row ended unexpectedly while this session was streaming. Start it again to continue."
              .formatted(deaths));
    } else {
      session.awaitResume();
      resume(session, "a move to another node", Optional.of(node));
    }
  }

  /** Resumes a session that stopped because its results couldn't be stored. */
  static void resume(Session session, String after) {
    resume(session, after, Optional.empty());
  }

  private static void resume(Session session, String after, Optional<String> node) {
    try {
      session.resume(after, node);
    } catch (RefusedException e) {
      if (e.refusal().code() == Code.TAKEN_OVER) {
        session.relinquish();
      } else if (e.refusal().isStorage()) {
        session.resumeLater();
      } else {
        session.endInterrupted(Lifecycle.LifecycleEvent.FAIL, "interrupted: " + e.getMessage());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("session {} can't be resumed", session.id(), e);
      session.endInterrupted(
          Lifecycle.LifecycleEvent.FAIL,
          "interrupted: failed to resume. The service's log has the details");
    }
  }

  private void prepare(Session session) {
    if (session.awaitsItsFirstStart() || session.isDamaged()) {
      return;
    }
    if (!wanted || !session.canResume()) {
      session.endInterrupted(Lifecycle.LifecycleEvent.FAIL, "interrupted");
      return;
    }
    if (crashed && store.addCrash(session.id()) >= MAX_CRASHES) {
      session.endInterrupted(
          Lifecycle.LifecycleEvent.STOP,
          "Not resumed: Framewise ended unexpectedly %d times in a row while this session was streaming. Start it again to continue."
              .formatted(MAX_CRASHES));
      return;
    }
    session.awaitResume();
    synchronized (this) {
      waiting.add(session);
      left++;
    }
  }
}
