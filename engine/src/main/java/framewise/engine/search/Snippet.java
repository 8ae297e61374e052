package framewise.engine.search;

import framewise.engine.words.Term;
import framewise.engine.words.Words;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of an answer around the first match.
 *
 * @param text at most {@link #MAX_LENGTH} characters, with ellipses for the rest
 * @param marks the matches in the text, from left to right
 */
public record Snippet(String text, List<Mark> marks) {
  /** Maximum number of characters shown of an answer. */
  public static final int MAX_LENGTH = 160;

  /** Number of characters shown before the first match. */
  private static final int BEFORE = 40;

  private static final String REST = "…";

  /**
   * Position of a match.
   *
   * @param from index of its first character
   * @param to index after its last character
   */
  public record Mark(int from, int to) {}

  public Snippet {
    marks = List.copyOf(marks);
  }

  /** The part of a text around the first match of a query. */
  public static Snippet of(String text, SearchQuery query) {
    List<Words.Word> found =
        Words.in(text).stream().filter(word -> isWanted(word.folded(), query)).toList();
    int first = found.isEmpty() ? 0 : found.getFirst().from();
    int from = text.length() <= MAX_LENGTH ? 0 : wordStart(text, Math.max(0, first - BEFORE));
    int to = Math.min(text.length(), from + MAX_LENGTH);
    if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
      to--;
    }
    String before = from > 0 ? REST : "";
    String shown = before + text.substring(from, to) + (to < text.length() ? REST : "");
    List<Mark> marks = new ArrayList<>();
    for (Words.Word word : found) {
      if (word.from() >= from && word.to() <= to) {
        int shift = before.length() - from;
        marks.add(new Mark(word.from() + shift, word.to() + shift));
      }
    }
    return new Snippet(shown, marks);
  }

  private static boolean isWanted(String word, SearchQuery query) {
    return query.terms().stream().anyMatch(term -> isIn(term, word));
  }

  private static boolean isIn(Term term, String word) {
    return term.words().contains(word)
        || (term.prefix() && word.startsWith(term.words().getLast()));
  }

  private static int wordStart(String text, int at) {
    int blank = text.indexOf(' ', at);
    int start = at > 0 && blank >= 0 && blank < at + BEFORE / 2 ? blank + 1 : at;
    return Character.isLowSurrogate(text.charAt(start)) ? start + 1 : start;
  }
}
