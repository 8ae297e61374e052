package framewise.vision.builtin;

import framewise.vision.FinishReason;
import java.util.OptionalInt;

/**
 * How long an answer may be. A token is taken to be four characters, which is about right for the
 * tokenizers of language models in English.
 */
final class Length {
  private static final int CHARACTERS_PER_TOKEN = 4;

  private Length() {}

  /** An answer, whole or cut, and which of both. */
  record Cut(String text, FinishReason reason) {}

  /** Cuts after the last whole word that fits; within the first word where not even that fits. */
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

  /** Rounded up. */
  static int tokens(String text) {
    return Math.ceilDiv(text.length(), CHARACTERS_PER_TOKEN);
  }
}
