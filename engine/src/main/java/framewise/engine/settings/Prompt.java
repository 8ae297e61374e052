package framewise.engine.settings;

import framewise.engine.Refusal;
import framewise.engine.ShownText;

/**
 * Question that is asked about every clip.
 *
 * @param text plain text, not blank, at most {@link #MAX_LENGTH} characters
 */
public record Prompt(String text) {
  public static final int MAX_LENGTH = 8_000;

  /**
   * @throws framewise.engine.RefusedException when the text is blank or too long
   */
  public Prompt {
    if (ShownText.isBlank(text)) {
      throw Refusal.field("prompt", "prompt is empty but must have at least one character")
          .asException();
    }
    if (text.length() > MAX_LENGTH) {
      throw Refusal.field(
              "prompt",
              "prompt has %d characters but must have at most %d"
                  .formatted(text.length(), MAX_LENGTH))
          .asException();
    }
  }
}
