package framewise.engine.watch;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Limits the counted repetitions in a pattern. RE2 expands repetitions, so {@code
 * ((a{100}){100}){1000}}, only 22 characters long, would fill the memory.
 */
final class Repetitions {
  /**
   * Maximum product of all counts of a pattern. With more, matching a long answer could take a
   * second.
   */
  static final int MAX_PRODUCT = 250;

  private static final Pattern COUNT = Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?}");

  private Repetitions() {}

  /** Whether the product of all counts in a pattern, nested or not, exceeds the limit. */
  static boolean tooMany(String pattern) {
    long product = 1;
    Matcher counts = COUNT.matcher(pattern);
    while (counts.find() && product <= MAX_PRODUCT) {
      String most = counts.group(2);
      long least = Long.parseLong(counts.group(1));
      product *= Math.max(1, most == null || most.isEmpty() ? least : Long.parseLong(most));
    }
    return product > MAX_PRODUCT;
  }
}
