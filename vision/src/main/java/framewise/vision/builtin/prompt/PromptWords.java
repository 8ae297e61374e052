package framewise.vision.builtin.prompt;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a prompt in lower case, removed one after another as they are understood. */
final class PromptWords {
  private static final Pattern POSSESSIVE = Pattern.compile("['’]s\\b");
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

  /** Replaces removed words, so that their neighbours do not join. */
  private static final String GAP = "|";

  /** Maximum length of a phrase that an answer repeats. */
  private static final int MAX_PHRASE_LENGTH = 40;

  private String left;

  PromptWords(String prompt) {
    String plain = Normalizer.normalize(prompt, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    left =
        " "
            + NO_WORD.matcher(POSSESSIVE.matcher(plain).replaceAll(" ")).replaceAll(" ").strip()
            + " ";
  }

  boolean has(Pattern phrase) {
    return phrase.matcher(left).find();
  }

  /** The first match, which stays. */
  Optional<String> first(Pattern phrase) {
    Matcher matcher = phrase.matcher(left);
    return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
  }

  /** Removes every match; false when there was none. */
  boolean take(Pattern phrase) {
    Matcher matcher = phrase.matcher(left);
    if (!matcher.find()) {
      return false;
    }
    left = matcher.replaceAll(" " + GAP + " ");
    return true;
  }

  /** Receives the nouns of a prompt. */
  interface NounTaker {
    /**
     * Called for each noun, in the order of the prompt.
     *
     * @param place whether it describes a place, as in "on the table"
     */
    void take(String word, Vocabulary.Noun noun, boolean place);
  }

  /** Removes every known noun, the longest first if several start at one word. */
  void takeNouns(NounTaker taker) {
    List<String> words = split();
    List<String> rest = new ArrayList<>();
    for (int at = 0; at < words.size(); ) {
      int taken = 0;
      for (int length = Math.min(Vocabulary.MAX_WORDS, words.size() - at);
          length > 0 && taken == 0;
          length--) {
        String candidate = String.join(" ", words.subList(at, at + length));
        Optional<Vocabulary.Noun> noun = Vocabulary.noun(candidate);
        if (noun.isPresent()) {
          taker.take(candidate, noun.get(), Phrases.placeFollows(words.subList(0, at)));
          taken = length;
        }
      }
      rest.add(taken == 0 ? words.get(at) : GAP);
      at += Math.max(1, taken);
    }
    left = " " + String.join(" ", rest) + " ";
  }

  /** The remaining phrases of words that matter. */
  List<String> rest(Predicate<String> matters) {
    List<String> stretches = new ArrayList<>();
    StringBuilder stretch = new StringBuilder();
    for (String word : split()) {
      boolean full = stretch.length() + word.length() > MAX_PHRASE_LENGTH;
      if ((word.equals(GAP) || full) && !stretch.isEmpty()) {
        stretches.add(stretch.toString());
        stretch.setLength(0);
      }
      if (!word.equals(GAP) && word.length() <= MAX_PHRASE_LENGTH && matters.test(word)) {
        stretch.append(stretch.isEmpty() ? "" : " ").append(word);
      }
    }
    if (!stretch.isEmpty()) {
      stretches.add(stretch.toString());
    }
    return stretches;
  }

  private List<String> split() {
    return Arrays.stream(left.split(" ", -1)).filter(word -> !word.isEmpty()).toList();
  }
}
