package framewise.server.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Who may use the service without proving who they are. */
public enum AccessMode {
  /** This machine, as long as there is no account; then nobody. */
  PROTECTED,
  /** Everybody who can reach the service. */
  OPEN;

  static Optional<AccessMode> parse(String text) {
    return Arrays.stream(values())
        .filter(mode -> mode.name().equals(text.toUpperCase(Locale.ROOT)))
        .findFirst();
  }
}
