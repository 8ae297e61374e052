package framewise.vision.builtin.text;

/**
 * The recognizer also knows the wide forms of Latin signs that Chinese print uses, and at times
 * takes them for the plain ones.
 */
final class HalfWidth {
  /** Unicode's block of full-width forms repeats ASCII from {@code !} on. */
  private static final int FIRST_WIDE = 0xFF01;

  private static final int LAST_WIDE = 0xFF5E;

  private HalfWidth() {}

  /** Plain forms, unless the line holds a Chinese character. */
  static String of(String line) {
    if (line.codePoints().anyMatch(Character::isIdeographic)) {
      return line;
    }
    return line.codePoints()
        .map(c -> c >= FIRST_WIDE && c <= LAST_WIDE ? c - FIRST_WIDE + '!' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
