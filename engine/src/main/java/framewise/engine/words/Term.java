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
}
