package framewise.engine.result;

import java.time.Instant;

/**
 * Adds events that follow from another one. They are stored in the same transaction, so that none
 * is lost or doubled when the process dies. Called while the log is locked: must take moments only.
 */
@FunctionalInterface
public interface Follower {
  /** Adds nothing. */
  Follower NONE = (seq, run, at, event) -> FollowUp.NOTHING;

  /**
   * Returns what follows from an event. Of the end of a run it is stored before the event, so that
   * readers who leave at the end get it; of others directly after it.
   *
   * @param seq number of the event, or of the newest before it where it is the end of a run
   * @param at when the event is stored
   */
  FollowUp after(long seq, int run, Instant at, Event event);
}
