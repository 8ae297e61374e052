package framewise.engine.search;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The words that are searched for. All of them have to be in an answer, in any order; words between
 * quotation marks stand next to each other, and an asterisk at the end finds everything that begins
 * so. Capital letters and accents make no difference.
 *
 * @param terms at least one
 */
public record SearchQuery(List<Term> terms) {
  /** Characters of a query, at most. */
  public static final int LONGEST = 200;

  private static final Pattern BLANKS = Pattern.compile("\\s+");

  /**
   * A word, or several that stand next to each other.
   *
   * @param words as {@link Words} reads them
   * @param prefix whether the last of them may go on
   */
  public record Term(List<String> words, boolean prefix) {
    public Term {
      words = List.copyOf(words);
    }
  }

  public SearchQuery {
    terms = List.copyOf(terms);
  }

  /**
   * Reads a query.
   *
   * @throws framewise.engine.RefusedException when it is too long, holds no word, or a phrase isn't
   *     closed
   */
  public static SearchQuery parse(String text) {
    if (text.length() > LONGEST) {
      throw bad("q has %d characters but must have at most %d.".formatted(text.length(), LONGEST));
    }
    List<Term> terms = new ArrayList<>();
    String[] parts = text.split("\"", -1);
    if (parts.length % 2 == 0) {
      throw bad("q has a quotation mark without its partner. Write phrases as \"two words\".");
    }
    for (int i = 0; i < parts.length; i++) {
      boolean phrase = i % 2 == 1;
      if (phrase) {
        boolean outside = i + 1 < parts.length && parts[i + 1].startsWith("*");
        add(terms, parts[i] + (outside ? "*" : ""));
      } else {
        BLANKS.splitAsStream(parts[i]).forEach(word -> add(terms, word));
      }
    }
    if (terms.isEmpty()) {
      throw bad("q has no word to search for. Write at least one letter or digit.");
    }
    return new SearchQuery(terms);
  }

  private static void add(List<Term> terms, String text) {
    List<String> words = Words.of(text);
    if (!words.isEmpty()) {
      terms.add(new Term(words, text.stripTrailing().endsWith("*")));
    }
  }

  /** In the language of FTS5, in which every word is quoted: nothing in it is an operator. */
  String expression() {
    return terms.stream()
        .map(term -> "\"" + String.join(" ", term.words()) + "\"" + (term.prefix() ? " *" : ""))
        .collect(Collectors.joining(" "));
  }

  private static RuntimeException bad(String sentence) {
    return Refusal.of(Code.INVALID_REQUEST, sentence).asException();
  }
}
