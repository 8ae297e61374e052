package framewise.server.http;

import io.javalin.security.RouteRole;

/** What a caller needs for a route. Each route states one. */
public enum RouteAccess implements RouteRole {
  /** Nothing: signing in, probes. */
  PUBLIC,
  /** The right to read metrics. */
  MONITOR,
  /** The right to see sessions: those that are shown to the caller. */
  VIEWER,
  /** The right to make sessions, and to start, stop and delete one's own. */
  OPERATOR,
  /** Every session, and what concerns all of them. */
  ADMIN,
  /** Accounts, keys and the audit log: administrators who have proven who they are. */
  CREDENTIALS
}
