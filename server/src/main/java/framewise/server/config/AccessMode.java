package framewise.server.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Access without authentication. */
public enum AccessMode {
  /** Only this machine may use the service, until there is an account; then sign-in is required. */
  PROTECTED,
  /** Everyone who can reach the service may use it. */
  OPEN;

  static Optional<AccessMode> parse(String text) {
    return Arrays.stream(values())
        .filter(mode -> mode.name().equals(text.toUpperCase(Locale.ROOT)))
        .findFirst();
  }
}
