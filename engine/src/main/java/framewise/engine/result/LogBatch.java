package framewise.engine.result;

import framewise.engine.SessionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Events that are numbered and stored in one transaction. Used while the log is locked. */
final class LogBatch {
  private record Numbered(FollowUp.NumberedChange change, long seq) {}

  private final SessionId session;
  private final Instant now;
  private final List<EventStore.Entry> entries = new ArrayList<>();
  private final List<FollowUp> followUps = new ArrayList<>();
  private final List<Numbered> changes = new ArrayList<>();
  private Tally tally;

  LogBatch(SessionId session, Tally before, Instant now) {
    this.session = session;
    this.tally = before;
    this.now = now;
  }

  /** Adds an event and returns its number. */
  long add(Event event) {
    tally = tally.plus(event, now);
    long seq = tally.lastSeq();
    String json = EventJson.write(seq, tally.run(), session, now, event);
    entries.add(new EventStore.Entry(new LoggedEvent(seq, tally.run(), event.type(), json), event));
    return seq;
  }

  /** Adds what follows from an event. */
  void follow(Follower follower, long seq, Event event) {
    add(follower.after(seq, tally.run(), now, event));
  }

  void add(FollowUp followUp) {
    followUps.add(followUp);
    for (FollowUp.Addition addition : followUp.additions()) {
      changes.add(new Numbered(addition.change(), add(addition.event())));
    }
  }

  /** Stores the changes that belong to the events. */
  void store(Handle handle) {
    changes.forEach(one -> one.change().store(handle, one.seq()));
    followUps.forEach(followUp -> followUp.together().accept(handle));
  }

  /** Tells those who added events what came of them. */
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
