package framewise.server.http;

import io.javalin.http.Context;

/** Decides before each route and socket whether the caller may use it. */
public interface Admission {
  /** Admits every caller. */
  Admission ANYBODY = (context, access) -> true;

  /**
   * Admits or refuses the caller.
   *
   * @return false when the request is already answered
   * @throws ProblemException 401, 403 or 404, when the caller may not use the route
   */
  boolean admit(Context context, RouteAccess access);
}
