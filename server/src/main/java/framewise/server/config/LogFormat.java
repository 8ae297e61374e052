package framewise.server.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Format of log lines. */
public enum LogFormat {
  /** Text for people. */
  TEXT,
  /** One JSON object a line, for log collectors. */
  JSON;

  public static Optional<LogFormat> parse(String text) {
    return Arrays.stream(values())
        .filter(format -> format.name().equals(text.toUpperCase(Locale.ROOT)))
        .findFirst();
  }
}
