package framewise.engine.search;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.words.Term;
import framewise.engine.words.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Words to search for. An answer must contain all of them, in any order; words in quotation marks
 * must be next to each other, and a trailing asterisk finds every word with that prefix. Case and
 * accents are ignored. Words that another one implies are left out.
 *
 * @param terms at least one
 */
public record SearchQuery(List<Term> terms) {
  /** Maximum length of a query, in characters. */
  public static final int MAX_LENGTH = 200;

  /** Maximum number of different words and phrases. */
  public static final int MAX_TERMS = 10;

  /** Maximum number of different prefixes. Each takes as long as all words that begin with it. */
  public static final int MAX_PREFIXES = 3;

  private static final Pattern BLANKS = Pattern.compile("\\s+");

  public SearchQuery {
    terms = List.copyOf(terms);
  }

  /**
   * Parses a query.
   *
   * @throws framewise.engine.RefusedException when it is too long, contains no word or too many, or
   *     has an unclosed quotation mark
   */
  public static SearchQuery parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw bad(
          "q has %d characters but must have at most %d.".formatted(text.length(), MAX_LENGTH));
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
    List<Term> needed = needed(terms);
    if (needed.size() > MAX_TERMS) {
      throw bad(
          "q has %d different words but must have at most %d. A phrase counts as one."
              .formatted(needed.size(), MAX_TERMS));
    }
    long prefixes = needed.stream().filter(Term::prefix).count();
    if (prefixes > MAX_PREFIXES) {
      throw bad(
          "q has %d words with an asterisk but must have at most %d."
              .formatted(prefixes, MAX_PREFIXES));
    }
    return new SearchQuery(needed);
  }

  /** Leaves out what every answer with the other terms contains anyway. */
  private static List<Term> needed(List<Term> terms) {
    List<Term> different = terms.stream().distinct().toList();
    return different.stream()
        .filter(
            term ->
                different.stream().noneMatch(other -> !other.equals(term) && other.implies(term)))
        .toList();
  }

  private static void add(List<Term> terms, String text) {
    List<String> words = Words.of(text);
    if (!words.isEmpty()) {
      terms.add(new Term(words, text.stripTrailing().endsWith("*")));
    }
  }

  private static RuntimeException bad(String sentence) {
    return Refusal.of(Code.INVALID_REQUEST, sentence).asException();
  }
}
