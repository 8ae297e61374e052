package framewise.server.access;

import framewise.server.http.RouteAccess;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an account or a key may do. */
public enum Role {
  /** Reads metrics, nothing else: for monitoring; of keys alone. */
  MONITOR,
  /** Looks at the sessions that are shown to it. */
  VIEWER,
  /** Makes sessions, and starts, stops and deletes its own. */
  OPERATOR,
  /** Everything. */
  ADMIN;

  public static Optional<Role> ofWireName(String text) {
    return Arrays.stream(values()).filter(role -> role.wireName().equals(text)).findFirst();
  }

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a route that needs this is open to the role. */
  public boolean permits(RouteAccess access) {
    return switch (access) {
      case PUBLIC -> true;
      case MONITOR -> this == MONITOR || this == ADMIN;
      case VIEWER -> compareTo(VIEWER) >= 0;
      case OPERATOR -> compareTo(OPERATOR) >= 0;
      case ADMIN, CREDENTIALS -> this == ADMIN;
    };
  }
}
