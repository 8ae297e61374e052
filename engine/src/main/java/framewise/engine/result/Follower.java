package framewise.engine.result;

import java.time.Instant;

/**
 * Adds events that follow from another one. They are stored in the same transaction, so that none
 * is lost or duplicated when the process dies. Called while the log is locked, so it must be quick.
 */
@FunctionalInterface
public interface Follower {
  /** Adds nothing. */
  Follower NONE = (seq, run, at, event) -> FollowUp.NOTHING;

  /**
   * Returns what follows from an event. It is stored directly after the event; for the end of a run
   * directly before it, so that clients that disconnect at the end get it.
   *
   * @param seq number of the event; for the end of a run, that of the newest event before it
   * @param at when the event is stored
   */
  FollowUp after(long seq, int run, Instant at, Event event);
}
