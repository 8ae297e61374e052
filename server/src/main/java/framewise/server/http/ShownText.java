package framewise.server.http;

/** Sanitizes external text for display. */
public final class ShownText {
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  /** The fillers of Hangul and the empty pattern of Braille: letters and signs that look blank. */
  private static final String BLANK_LETTERS = "\u115F\u1160\u3164\uFFA0\u2800";

  private ShownText() {}

  /**
   * Removes characters that do not print or that change the direction of writing, and surrounding
   * blanks.
   *
   * @param most maximum number of characters
   */
  public static String of(String text, int most) {
    return text.codePoints()
        .filter(ShownText::isShown)
        .limit(most)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString()
        .strip();
  }

  /**
   * Whether the text has characters that show nothing, or that change the direction of what
   * follows. The joiners of emoji and of Indic scripts are allowed.
   */
  public static boolean hasHidden(String text) {
    return text.codePoints().anyMatch(ShownText::isHidden);
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
