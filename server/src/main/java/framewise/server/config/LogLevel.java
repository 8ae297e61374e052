package framewise.server.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Verbosity of the log. */
public enum LogLevel {
  ERROR,
  WARN,
  INFO,
  DEBUG,
  TRACE;

  public static Optional<LogLevel> parse(String text) {
    return Arrays.stream(values())
        .filter(level -> level.name().equals(text.toUpperCase(Locale.ROOT)))
        .findFirst();
  }
}
