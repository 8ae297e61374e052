package framewise.server.http;

import io.javalin.http.Context;

/** Decides for every route and socket, before it is handled, whether the caller may use it. */
public interface Admission {
  /** Lets everybody in. */
  Admission ANYBODY = (context, access) -> true;

  /**
   * Lets the caller in.
   *
   * @return false when the request is answered already
   * @throws ProblemException 401, 403 or 404, when the caller may not
   */
  boolean admit(Context context, RouteAccess access);
}
