package framewise.server.livekit;

import framewise.engine.SessionId;
import framewise.server.livekit.SignalResponse.Action;
import framewise.server.livekit.SignalResponse.Leave;
import framewise.server.livekit.SignalResponse.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The current publishers, at most one for each stream. Safe for any number of threads. */
final class Participants {
  private final Map<SessionId, Participant> present = new ConcurrentHashMap<>();

  /** The participant of a returning client, if it still exists. */
  Optional<Participant> find(SessionId stream, String sid) {
    return Optional.ofNullable(present.get(stream)).filter(one -> one.sid().equals(sid));
  }

  /**
   * Adds a participant, replacing one whose client has disconnected.
   *
   * @return false when another client publishes into the stream
   */
  boolean add(Participant next) {
    Optional<Participant> before;
    synchronized (this) {
      before = Optional.ofNullable(present.get(next.stream()));
      if (before.filter(Participant::hasClient).isPresent()) {
        return false;
      }
      present.put(next.stream(), next);
    }
    // Ending it waits for its threads, so it happens outside of the lock.
    before.ifPresent(
        one ->
            one.end(
                new Leave(Reason.DUPLICATE_IDENTITY, Action.DISCONNECT),
                "The publisher reconnected."));
    return true;
  }

  void remove(Participant gone) {
    present.remove(gone.stream(), gone);
  }

  List<Participant> all() {
    return List.copyOf(present.values());
  }
}
