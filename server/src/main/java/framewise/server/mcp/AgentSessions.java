package framewise.server.mcp;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.RefusedException;
import framewise.engine.SessionId;
import framewise.engine.session.Session;
import framewise.engine.session.Sessions;
import framewise.engine.session.view.SessionView;
import framewise.server.access.Caller;
import framewise.server.access.SessionGrants;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The sessions that a caller may see, found by id or name. */
final class AgentSessions {
  /** Maximum number of sessions to list and search, newest first. */
  static final int MAX_COUNT = 100;

  private final Sessions sessions;
  private final SessionGrants grants;

  AgentSessions(Sessions sessions, SessionGrants grants) {
    this.sessions = sessions;
    this.grants = grants;
  }

  /** Sessions that the caller may see, newest first. */
  List<SessionView> visible(Caller caller) {
    if (caller.ownsAll()) {
      return sessions.list(0, MAX_COUNT);
    }
    return grants.visible(caller, 0, MAX_COUNT).ids().stream()
        .flatMap(id -> find(id).stream())
        .map(Session::view)
        .toList();
  }

  /**
   * The session with this id or name.
   *
   * @throws RefusedException when the caller may see none with this id or name, or several have the
   *     name
   */
  Session named(Caller caller, String text) {
    Optional<SessionId> id = SessionId.parse(text.strip());
    if (id.isPresent()) {
      return id.filter(one -> grants.sees(caller, one))
          .flatMap(this::find)
          .orElseThrow(() -> unknown(text));
    }
    List<SessionView> found =
        visible(caller).stream()
            .filter(view -> view.name().equalsIgnoreCase(text.strip()))
            .toList();
    if (found.size() > 1) {
      throw Refusal.field(
              "stream",
              "stream is the name of %d sessions: use an id of list_streams"
                  .formatted(found.size()))
          .asException();
    }
    return found.stream()
        .findFirst()
        .flatMap(view -> find(view.id()))
        .orElseThrow(() -> unknown(text));
  }

  /**
   * Like {@link #named}, for a session that the caller owns: a question is stored in it and spends
   * its budget.
   *
   * @throws RefusedException also when the caller may only view the session
   */
  Session owned(Caller caller, String text) {
    Session session = named(caller, text);
    if (!grants.owns(caller, session.id())) {
      throw Refusal.field(
              "stream",
              "stream is shared with you for viewing: only its owner can ask questions"
                  + " about it")
          .asException();
    }
    return session;
  }

  /** The sessions whose answers the caller may search; empty for all. */
  Optional<Set<SessionId>> searchable(Caller caller) {
    return grants.searchable(caller);
  }

  /** The session; empty if it was deleted in the meantime. */
  Optional<Session> find(SessionId id) {
    return sessions.find(id);
  }

  private static RefusedException unknown(String text) {
    String shown = text.length() > 80 ? text.substring(0, 80) + "..." : text;
    return Refusal.of(
            Code.SESSION_NOT_FOUND,
            "There is no stream \"%s\": list_streams lists all streams.".formatted(shown))
        .asException();
  }
}
