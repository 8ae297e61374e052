package framewise.server.http;

/** Sanitizes external text for display. */
public final class ShownText {
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
