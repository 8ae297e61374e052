package framewise.server.http;

/** Text from outside, made fit to be shown. */
public final class ShownText {
  private ShownText() {}

  /**
   * The text without characters that do not print or that turn the direction of writing, and
   * without blanks around it.
   *
   * @param most of its characters are kept
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
