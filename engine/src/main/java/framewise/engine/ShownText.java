package framewise.engine;

import java.util.function.IntPredicate;

/**
 * Decides which characters external text may have where people see it: in the console, logs,
 * messages and errors.
 */
public final class ShownText {
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  /**
   * Letters and marks that look blank: the fillers of Hangul, the empty pattern of Braille, the
   * grapheme joiner, and the inherent vowels of Khmer.
   */
  private static final String BLANK_LETTERS = "\u115F\u1160\u3164\uFFA0\u2800\u034F\u17B4\u17B5";

  private ShownText() {}

  /**
   * Removes characters that do not print or that change the direction of writing, and surrounding
   * blanks.
   *
   * @param most maximum number of characters
   */
  public static String of(String text, int most) {
    return kept(text, most, ShownText::isShown);
  }

  /** Like {@link #of}, and keeps line breaks and tabs. */
  public static String ofLines(String text, int most) {
    return kept(text, most, character -> isLayout(character) || isShown(character));
  }

  /**
   * Whether the text has invisible characters, or characters that change the direction of writing.
   * The joiners of emoji and of Indic scripts are allowed.
   */
  public static boolean hasHidden(String text) {
    return text.codePoints().anyMatch(ShownText::isHidden);
  }

  /** Like {@link #hasHidden}; line breaks and tabs are allowed too. */
  public static boolean hasHiddenInLines(String text) {
    return text.codePoints().anyMatch(character -> !isLayout(character) && isHidden(character));
  }

  /** Whether the text has no visible character. */
  public static boolean isBlank(String text) {
    return text.codePoints()
        .allMatch(
            character ->
                Character.isSpaceChar(character)
                    || !isShown(character)
                    || BLANK_LETTERS.indexOf(character) >= 0);
  }

  /** Removes what {@link #hasHiddenInLines} finds, and nothing else. */
  public static String withoutHidden(String text) {
    return text.codePoints()
        .filter(character -> isLayout(character) || !isHidden(character))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String kept(String text, int most, IntPredicate keeps) {
    return text.codePoints()
        .filter(keeps)
        .limit(most)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString()
        .strip();
  }

  private static boolean isLayout(int character) {
    return character == '\n' || character == '\r' || character == '\t';
  }

  private static boolean isHidden(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      case Character.FORMAT -> character != ZERO_WIDTH_JOINER && character != ZERO_WIDTH_NON_JOINER;
      default -> BLANK_LETTERS.indexOf(character) >= 0;
    };
  }

  private static boolean isShown(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
