package framewise.vision.builtin.text;

/**
 * Converts full-width Latin characters to plain ones. The recognizer knows both, because Chinese
 * print uses the wide forms, and sometimes confuses them.
 */
final class HalfWidth {
  /** Unicode's block of full-width forms repeats ASCII from {@code !} on. */
  private static final int FIRST_WIDE = 0xFF01;

  private static final int LAST_WIDE = 0xFF5E;

  private HalfWidth() {}

  /** The plain form, unless the line has a Chinese character. */
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
