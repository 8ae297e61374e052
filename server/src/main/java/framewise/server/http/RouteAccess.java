package framewise.server.http;

import io.javalin.security.RouteRole;

/** Access level that a route requires. Each route declares one. */
public enum RouteAccess implements RouteRole {
  /** None: signing in, probes. */
  PUBLIC,
  /** Permission to read metrics. */
  MONITOR,
  /** Permission to see sessions; a share link or a token suffices for its one session. */
  SHOWN,
  /** Permission to see sessions: those shared with the caller. */
  VIEWER,
  /** Permission to create sessions, and to start, stop and delete one's own. */
  OPERATOR,
  /** Permission for all sessions and for service-wide settings. */
  ADMIN,
  /** Accounts, keys and the audit log: only authenticated administrators. */
  CREDENTIALS
}
