package framewise.server.access.account;

import framewise.server.http.RouteAccess;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Role of an account or a key. */
public enum Role {
  /** Reads metrics only; for monitoring, and for keys only. */
  MONITOR,
  /** Sees the sessions that are shared with it. */
  VIEWER,
  /** Creates sessions, and starts, stops and deletes its own. */
  OPERATOR,
  /** May do everything. */
  ADMIN;

  public static Optional<Role> ofWireName(String text) {
    return Arrays.stream(values()).filter(role -> role.wireName().equals(text)).findFirst();
  }

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the role may use a route with this access level. */
  public boolean permits(RouteAccess access) {
    return switch (access) {
      case PUBLIC -> true;
      case MONITOR -> this == MONITOR || this == ADMIN;
      case SHOWN, VIEWER -> compareTo(VIEWER) >= 0;
      case OPERATOR -> compareTo(OPERATOR) >= 0;
      case ADMIN, CREDENTIALS -> this == ADMIN;
    };
  }
}
