package framewise.engine.watch;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The size that the counted repetitions of a pattern give it. RE2 copies what is repeated, so that
 * {@code ((a{100}){100}){1000}}, 22 characters, would fill the memory.
 */
final class Repetitions {
  /** Maximum product of all counts of a pattern: more would cost a long answer a second. */
  static final int MAX = 250;

  private static final Pattern COUNT = Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?}");

  private Repetitions() {}

  /**
   * Whether the counts of a pattern, multiplied, exceed the limit. Counts beside each other too.
   */
  static boolean tooMany(String pattern) {
    long product = 1;
    Matcher counts = COUNT.matcher(pattern);
    while (counts.find() && product <= MAX) {
      String most = counts.group(2);
      long least = Long.parseLong(counts.group(1));
      product *= Math.max(1, most == null || most.isEmpty() ? least : Long.parseLong(most));
    }
    return product > MAX;
  }
}
