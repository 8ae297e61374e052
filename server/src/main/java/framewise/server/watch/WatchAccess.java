package framewise.server.watch;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.RefusedException;
import framewise.engine.SessionId;
import framewise.engine.incident.Incident;
import framewise.engine.session.Sessions;
import framewise.engine.watch.Watch;
import framewise.server.access.Caller;
import framewise.server.access.SessionGrants;
import framewise.server.http.Problem;
import framewise.server.http.RouteAccess;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Permissions to see and change watches and incidents. A watch belongs to its maker and to those
 * who own all its sessions; a watch on all sessions belongs to administrators. Whoever sees a
 * session sees its incidents, and its watches without their other sessions.
 */
final class WatchAccess {
  private final Sessions sessions;
  private final SessionGrants grants;

  WatchAccess(Sessions sessions, SessionGrants grants) {
    this.sessions = sessions;
    this.grants = grants;
  }

  /**
   * The watch as the caller may see it; empty where it isn't theirs and they see none of its
   * sessions.
   */
  Optional<Watch> shown(Caller caller, Watch watch) {
    boolean all = watch.sessions().isEmpty();
    if (caller.ownsAll() || (all && made(caller, watch))) {
      return Optional.of(watch);
    }
    List<SessionId> seen =
        watch.sessions().stream()
            .flatMap(List::stream)
            .filter(session -> grants.sees(caller, session))
            .toList();
    return seen.isEmpty() && !made(caller, watch)
        ? Optional.empty()
        : Optional.of(watch.withSessions(seen));
  }

  private static boolean made(Caller caller, Watch watch) {
    return caller.subject().filter(watch.owner()::equals).isPresent();
  }

  /** Whether the caller may change a watch. */
  boolean changes(Caller caller, Watch watch) {
    return caller.ownsAll()
        || (made(caller, watch) && caller.may(RouteAccess.OPERATOR))
        || watch
            .sessions()
            .filter(ids -> ids.stream().allMatch(session -> grants.changes(caller, session)))
            .isPresent();
  }

  /**
   * A watch that the caller may see.
   *
   * @throws RefusedException when it does not exist, or the caller may not see it
   */
  Watch require(Caller caller, String id) {
    Watch watch = sessions.watches().get(id);
    if (shown(caller, watch).isEmpty()) {
      throw Refusal.of(Code.WATCH_NOT_FOUND, "There is no watch %s.".formatted(watch.id()))
          .asException();
    }
    return watch;
  }

  /** Like {@link #require}, for a caller who wants to change it. */
  Watch requireOwn(Caller caller, String id) {
    Watch watch = require(caller, id);
    if (!changes(caller, watch)) {
      throw Problem.of(
              HttpStatus.FORBIDDEN_403,
              "not_yours",
              "This watch covers sessions that belong to somebody else: use an account or"
                  + " an API key that owns all of them.")
          .asException();
    }
    return watch;
  }

  /** Checks that the caller may watch the sessions of a new or changed watch. */
  void requireSessions(Caller caller, Watch watch) {
    if (watch.sessions().isEmpty()) {
      if (!caller.ownsAll()) {
        throw Problem.of(
                HttpStatus.FORBIDDEN_403,
                "not_yours",
                "Only administrators may watch all sessions. List yours in sessions.")
            .asException();
      }
      return;
    }
    for (SessionId session : watch.sessions().get()) {
      boolean known = grants.sees(caller, session) && isThere(session);
      if (!known) {
        throw Refusal.field(
                "sessions", "sessions has %s but there is no such session".formatted(session))
            .asException();
      }
      if (!grants.changes(caller, session)) {
        throw Problem.of(
                HttpStatus.FORBIDDEN_403,
                "not_yours",
                "Session %s belongs to somebody else: watch your own sessions.".formatted(session))
            .asException();
      }
    }
  }

  /**
   * An incident that the caller may see.
   *
   * @throws RefusedException when it does not exist, or the caller may not see it
   */
  Incident incident(Caller caller, String id) {
    Incident incident = sessions.watches().incident(id);
    if (!grants.sees(caller, incident.session())) {
      throw Refusal.of(Code.INCIDENT_NOT_FOUND, "There is no incident %s.".formatted(id))
          .asException();
    }
    return incident;
  }

  /** Like {@link #incident}, for a caller who wants to change it. */
  Incident ownIncident(Caller caller, String id) {
    Incident incident = incident(caller, id);
    if (!grants.changes(caller, incident.session())) {
      throw Problem.of(
              HttpStatus.FORBIDDEN_403,
              "not_yours",
              "This session belongs to somebody else: use the account or the API key that"
                  + " created it.")
          .asException();
    }
    return incident;
  }

  boolean changes(Caller caller, Incident incident) {
    return grants.changes(caller, incident.session());
  }

  /** Sessions that the caller may see; empty for all. */
  Optional<Set<SessionId>> visible(Caller caller) {
    return caller.ownsAll()
        ? Optional.empty()
        : Optional.of(Set.copyOf(grants.visible(caller, 0, Integer.MAX_VALUE).ids()));
  }

  private boolean isThere(SessionId session) {
    try {
      return sessions.get(session).id().equals(session);
    } catch (RefusedException unknown) {
      return false;
    }
  }
}
