package framewise.engine.words;

import java.util.List;

/**
 * A word to search for, or several that must be next to each other.
 *
 * @param words at least one, as {@link Words} splits them
 * @param prefix whether the last word is a prefix
 */
public record Term(List<String> words, boolean prefix) {
  public Term {
    words = List.copyOf(words);
  }

  /** Whether every text that contains this one contains that one word, too. */
  public boolean implies(Term word) {
    if (word.words().size() > 1) {
      return false;
    }
    String wanted = word.words().getFirst();
    if (word.prefix()) {
      return words.stream().anyMatch(own -> own.startsWith(wanted));
    }
    List<String> whole = prefix ? words.subList(0, words.size() - 1) : words;
    return whole.contains(wanted);
  }
}
