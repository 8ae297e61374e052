package framewise.engine.result;

/**
 * The last result of a session, for lists.
 *
 * @param text the answer or the failure's message, cut to {@link #MAX_LENGTH} characters
 * @param ok whether it is an answer
 */
public record NewestAnswer(String text, boolean ok) {
  /** Maximum number of characters. */
  public static final int MAX_LENGTH = 160;

  static NewestAnswer of(Event.Result result) {
    return switch (result.outcome()) {
      case Event.Outcome.Answered answered -> new NewestAnswer(shortened(answered.text()), true);
      case Event.Outcome.Failed failed -> new NewestAnswer(shortened(failed.message()), false);
    };
  }

  static String shortened(String text) {
    if (text.length() <= MAX_LENGTH) {
      return text;
    }
    int end =
        Character.isHighSurrogate(text.charAt(MAX_LENGTH - 2)) ? MAX_LENGTH - 2 : MAX_LENGTH - 1;
    return text.substring(0, end) + "…";
  }
}
