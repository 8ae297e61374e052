package framewise.engine.watch;

import framewise.engine.SessionId;
import framewise.engine.incident.EndReason;
import framewise.engine.incident.Incident;
import framewise.engine.result.ResultLog;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The watchers of sessions, created on first use. Changes without an answer go through the
 * session's log. Safe for any number of threads.
 */
final class SessionWatchers {
  private final Watches watches;
  private final WatchStore store;
  private final Map<SessionId, SessionWatcher> watchers = new ConcurrentHashMap<>();
  private volatile Function<SessionId, Optional<ResultLog>> logs = id -> Optional.empty();

  SessionWatchers(Watches watches, WatchStore store) {
    this.watches = watches;
    this.store = store;
  }

  /**
   * Connects the logs of sessions.
   *
   * @param finder finds the log of a session
   */
  void connect(Function<SessionId, Optional<ResultLog>> finder) {
    logs = finder;
  }

  /** The watcher of a session. */
  SessionWatcher of(SessionId session) {
    return watchers.computeIfAbsent(session, id -> new SessionWatcher(id, watches, store));
  }

  /** Forgets a session that was deleted. */
  void forget(SessionId session) {
    watchers.remove(session);
  }

  /** Sessions that have a watcher. */
  Set<SessionId> sessions() {
    return watchers.keySet();
  }

  /** Sessions in which a watch has stored state, and those that have a watcher in memory. */
  Set<SessionId> sessionsOf(String watch) {
    Set<SessionId> sessions = new HashSet<>(store.sessionsOf(watch));
    sessions.addAll(watchers.keySet());
    return sessions;
  }

  /**
   * Ends the incident of a watch in a session, if this node owns the session; otherwise the owner
   * does so.
   */
  void end(SessionId session, Watch watch) {
    SessionWatcher watcher = of(session);
    logs.apply(session)
        .filter(ResultLog::isOwned)
        .ifPresent(
            log -> log.followUp((seq, run) -> watcher.end(watch, seq, run, EndReason.WATCH_ENDED)));
  }

  /** Changes an incident of a session, and reports that. */
  void amend(SessionId session, String incident, UnaryOperator<Incident> change) {
    SessionWatcher watcher = of(session);
    logs.apply(session)
        .ifPresent(log -> log.followUp((seq, run) -> watcher.amend(incident, change)));
  }
}
