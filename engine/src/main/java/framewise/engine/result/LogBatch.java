package framewise.engine.result;

import framewise.engine.SessionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Events that are numbered and stored in one transaction. Used while the log is locked. */
final class LogBatch {
  private record SequencedChange(FollowUp.NumberedChange change, long seq) {}

  private final SessionId session;
  private final Instant now;
  private final List<EventStore.Entry> entries = new ArrayList<>();
  private final List<FollowUp> followUps = new ArrayList<>();
  private final List<SequencedChange> changes = new ArrayList<>();
  private final Optional<Integer> beside;
  private Tally tally;

  LogBatch(SessionId session, Tally before, Instant now) {
    this(session, before, now, Optional.empty());
  }

  /**
   * @param beside run number of the look-back that the events belong to; empty for the run that
   *     plays the video
   */
  LogBatch(SessionId session, Tally before, Instant now, Optional<Integer> beside) {
    this.session = session;
    this.beside = beside;
    this.tally = before;
    this.now = now;
  }

  /** Adds an event and returns its number. */
  long add(Event event) {
    tally = beside.isPresent() ? tally.plusBeside(event, now) : tally.plus(event, now);
    long seq = tally.lastSeq();
    int run = beside.orElse(tally.run());
    String json = EventJson.write(seq, run, session, now, event, beside.isPresent());
    entries.add(new EventStore.Entry(new LoggedEvent(seq, run, event.type(), json), event, now));
    return seq;
  }

  /** Adds what follows from an event. */
  void follow(Follower follower, long seq, Event event) {
    add(follower.after(seq, tally.run(), now, event));
  }

  void add(FollowUp followUp) {
    followUps.add(followUp);
    for (FollowUp.Addition addition : followUp.additions()) {
      changes.add(new SequencedChange(addition.change(), add(addition.event())));
    }
  }

  /** Stores the changes that belong to the events. */
  void store(Handle handle) {
    changes.forEach(one -> one.change().store(handle, one.seq()));
    followUps.forEach(followUp -> followUp.together().accept(handle));
  }

  /** Runs the callbacks of the added follow-ups: those for stored or for lost events. */
  void finish(boolean stored) {
    followUps.forEach(followUp -> (stored ? followUp.stored() : followUp.lost()).run());
  }

  List<EventStore.Entry> entries() {
    return entries;
  }

  Tally tally() {
    return tally;
  }

  long lastSeq() {
    return tally.lastSeq();
  }
}
