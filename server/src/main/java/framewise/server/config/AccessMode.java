package framewise.server.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Access without authentication. */
public enum AccessMode {
  /** This machine only, until there is an account; then nobody. */
  PROTECTED,
  /** Everyone who can reach the service. */
  OPEN;

  static Optional<AccessMode> parse(String text) {
    return Arrays.stream(values())
        .filter(mode -> mode.name().equals(text.toUpperCase(Locale.ROOT)))
        .findFirst();
  }
}
