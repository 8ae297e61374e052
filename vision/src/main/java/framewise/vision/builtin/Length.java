package framewise.vision.builtin;

import framewise.vision.FinishReason;
import java.util.OptionalInt;

/**
 * Limits the length of an answer. A token counts as four characters, about right for the tokenizers
 * of language models in English.
 */
final class Length {
  private static final int CHARACTERS_PER_TOKEN = 4;

  private Length() {}

  /** An answer, with a reason that says whether it was cut. */
  record Cut(String text, FinishReason reason) {}

  /** Cuts after the last whole word that fits, or within the first word if not even that fits. */
  static Cut cut(String text, OptionalInt maxTokens) {
    if (maxTokens.isEmpty() || fits(text, maxTokens)) {
      return new Cut(text, FinishReason.STOP);
    }
    int end = maxTokens.getAsInt() * CHARACTERS_PER_TOKEN;
    int word = end;
    while (word > 0 && !Character.isWhitespace(text.charAt(word))) {
      word--;
    }
    return new Cut(text.substring(0, word > 0 ? word : end).stripTrailing(), FinishReason.LENGTH);
  }

  static boolean fits(String text, OptionalInt maxTokens) {
    return maxTokens.isEmpty()
        || text.length() <= (long) maxTokens.getAsInt() * CHARACTERS_PER_TOKEN;
  }

  /** The number of tokens, rounded up. */
  static int tokens(String text) {
    return Math.ceilDiv(text.length(), CHARACTERS_PER_TOKEN);
  }
}
