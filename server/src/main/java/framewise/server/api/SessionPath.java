package framewise.server.api;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.RefusedException;
import framewise.engine.SessionId;
import framewise.engine.session.Session;
import framewise.engine.session.Sessions;
import io.javalin.http.Context;

/** Finds the session in a path. */
public final class SessionPath {
  public static final String PARAMETER = "session_id";

  private static final int SHOWN = 64;

  private SessionPath() {}

  /**
   * The session.
   *
   * @throws RefusedException when it does not exist
   */
  public static Session session(Sessions sessions, Context context) {
    return session(sessions, context.pathParam(PARAMETER));
  }

  static Session session(Sessions sessions, String text) {
    SessionId id = SessionId.parse(text).orElseThrow(() -> unknown(text));
    return sessions.get(id);
  }

  /** Response where the session does not exist, or the caller may not see it. */
  public static RefusedException unknown(Context context) {
    return unknown(context.pathParam(PARAMETER));
  }

  private static RefusedException unknown(String text) {
    String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
    return Refusal.of(Code.SESSION_NOT_FOUND, "There is no session %s.".formatted(shown))
        .asException();
  }
}
