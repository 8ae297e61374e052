package framewise.server.log;

import java.util.regex.Pattern;

/** Texts of the log, which may hold what a client sent. */
final class BoundedText {
  /** Maximum number of characters. */
  static final int MAX_LENGTH = 4_000;

  private static final Pattern BREAKS = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");

  private BoundedText() {}

  /** One line of at most {@link #MAX_LENGTH} characters, and how many more there were. */
  static String line(String text) {
    boolean longer = text.length() > MAX_LENGTH;
    String kept = longer ? text.substring(0, MAX_LENGTH) : text;
    String line = BREAKS.matcher(kept).replaceAll(" ");
    return longer ? "%s... (%d more characters)".formatted(line, text.length() - MAX_LENGTH) : line;
  }
}
