package framewise.server.http;

import framewise.engine.SessionId;
import io.javalin.http.Context;
import java.io.IOException;

/** Calls that another node must answer, because it owns their session. */
@FunctionalInterface
public interface CallsElsewhere {
  /**
   * Lets the owner of a session answer a call.
   *
   * @return false where this node owns the session, and must answer
   */
  boolean forward(Context context, SessionId session) throws IOException, InterruptedException;
}
