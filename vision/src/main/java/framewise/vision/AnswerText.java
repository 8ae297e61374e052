package framewise.vision;

/**
 * The limit of an answer's text, whichever back end answers: answers are stored and shown whole.
 */
public final class AnswerText {
  /** Characters; several times what a question about a clip needs. */
  public static final int MAX_LENGTH = 1 << 16;

  private AnswerText() {}

  /** Whether a text is longer than an answer may be. */
  public static boolean isTooLong(String text) {
    return text.length() > MAX_LENGTH;
  }

  /** The beginning of a text that is too long, without half a character; other texts unchanged. */
  public static String cut(String text) {
    if (!isTooLong(text)) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
    return text.substring(0, end);
  }
}
