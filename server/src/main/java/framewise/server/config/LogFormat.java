package framewise.server.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a line of the log is written. */
public enum LogFormat {
  /** For people. */
  TEXT,
  /** One JSON object a line, for programs that collect logs. */
  JSON;

  public static Optional<LogFormat> parse(String text) {
    return Arrays.stream(values())
        .filter(format -> format.name().equals(text.toUpperCase(Locale.ROOT)))
        .findFirst();
  }
}
