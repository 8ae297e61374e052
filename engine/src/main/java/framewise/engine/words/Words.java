package framewise.engine.words;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Splits text as the index does (SQLite's {@code unicode61 remove_diacritics 2}): a word is a run
 * of letters and digits, compared without case and accents.
 */
public final class Words {
  private Words() {}

  /**
   * A word and its position.
   *
   * @param from index of its first character
   * @param to index after its last character
   */
  public record Word(String folded, int from, int to) {}

  /** The words of a text, folded for comparison. */
  public static List<String> of(String text) {
    return in(text).stream().map(Word::folded).toList();
  }

  /** The words of a text with their positions. */
  public static List<Word> in(String text) {
    List<Word> words = new ArrayList<>();
    int from = -1;
    int at = 0;
    while (at < text.length()) {
      int character = text.codePointAt(at);
      if (isPart(character)) {
        from = from < 0 ? at : from;
      } else if (from >= 0) {
        add(words, text, from, at);
        from = -1;
      }
      at += Character.charCount(character);
    }
    if (from >= 0) {
      add(words, text, from, at);
    }
    return words;
  }

  private static void add(List<Word> words, String text, int from, int to) {
    String folded =
        Normalizer.normalize(text.substring(from, to), Normalizer.Form.NFD)
            .replaceAll("\\p{M}+", "")
            .toLowerCase(Locale.ROOT);
    if (!folded.isEmpty()) {
      words.add(new Word(folded, from, to));
    }
  }

  private static boolean isPart(int character) {
    return switch (Character.getType(character)) {
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER,
          Character.DECIMAL_DIGIT_NUMBER,
          Character.LETTER_NUMBER,
          Character.OTHER_NUMBER,
          Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.PRIVATE_USE ->
          true;
      default -> false;
    };
  }
}
