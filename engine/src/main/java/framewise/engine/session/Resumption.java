package framewise.engine.session;

import framewise.engine.RefusedException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the sessions go on that were streaming when the process ended, one after the other, while
 * the service answers already. Safe for any number of threads.
 */
final class Resumption {
  /** So many crashes in a row with a session streaming, and it isn't resumed by itself. */
  static final int CRASHES = 2;

  private static final Logger LOG = LoggerFactory.getLogger(Resumption.class);

  private final SessionStore store;
  private final boolean wanted;
  private final boolean crashed;
  private final Deque<Session> waiting = new ArrayDeque<>();

  /** Counts the one that is going on now as well. */
  private int left;

  /**
   * @param wanted whether sessions go on at all
   * @param crashed whether the last process died
   */
  Resumption(SessionStore store, boolean wanted, boolean crashed) {
    this.store = store;
    this.wanted = wanted;
    this.crashed = crashed;
  }

  /** Decides for each session whether it goes on; those that do wait for {@link #run}. */
  void prepare(List<Session> cutOff) {
    for (Session session : cutOff) {
      try {
        prepare(session);
      } catch (RefusedException e) {
        LOG.warn("session {} isn't resumed: {}", session.id(), e.getMessage());
      }
    }
    if (!crashed) {
      store.forgetCrashes();
    }
  }

  /** How many are still to go on. */
  synchronized int left() {
    return left;
  }

  /** Goes on with all of them. */
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
      goOn(next, "a restart");
    }
  }

  /** Goes on with a session whose results couldn't be stored for a while. */
  static void goOn(Session session, String after) {
    try {
      session.resume(after);
    } catch (RefusedException e) {
      if (e.refusal().isStorage()) {
        session.resumeLater();
      } else {
        session.giveUp(Lifecycle.Event.FAIL, "interrupted: " + e.getMessage());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("session {} can't go on", session.id(), e);
      session.giveUp(Lifecycle.Event.FAIL, "interrupted: it could not go on; the log says why");
    }
  }

  private void prepare(Session session) {
    if (session.awaitsItsFirstStart() || session.isDamaged()) {
      return;
    }
    if (!wanted || !session.canResume()) {
      session.giveUp(Lifecycle.Event.FAIL, "interrupted");
      return;
    }
    if (crashed && store.addCrash(session.id()) >= CRASHES) {
      session.giveUp(
          Lifecycle.Event.STOP,
          "Not resumed: Framewise ended unexpectedly %d times in a row while this session was streaming. Start it again to go on."
              .formatted(CRASHES));
      return;
    }
    session.awaitResume();
    synchronized (this) {
      waiting.add(session);
      left++;
    }
  }
}
