package framewise.vision.builtin.prompt;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a yes-or-no question claims about a count, such as "more than two" or, of an empty room,
 * "exactly none".
 *
 * @param number at least 0
 */
public record Claim(Relation relation, long number) {
  /** How a count compares with the claimed number. */
  public enum Relation {
    MORE_THAN,
    FEWER_THAN,
    AT_LEAST,
    AT_MOST,
    EXACTLY
  }

  /** Something is there, however many. */
  public static final Claim SOME = new Claim(Relation.AT_LEAST, 1);

  /** Nothing is there. */
  static final Claim NONE = new Claim(Relation.EXACTLY, 0);

  private static final Pattern ABSENCE =
      Phrases.any(
          "(?<=^ )(is |are )?(there )?(is |are )?(no|not any)(?! (more|fewer|less) )",
          "((is|are) there|there (is|are)|if|when|whether) (no|not any)(?! (more|fewer|less) )",
          "(kein|keine|keinen|keiner)",
          "(aucune?|pas de|pas d)",
          "(ning[uú]n|ninguna|no hay)");

  /** Where the number itself is asked for, other words only say how to answer. */
  private static final Pattern COUNTING =
      Phrases.any(
          "how many|counts?|counting|number of|list|wie ?viele?|zähle?|anzahl|combien|compte[rz]?"
              + "|nombre|cu[aá]nt[oa]s|cuenta|contar|número de");

  private static final List<Wording> WORDINGS =
      List.of(
          wording(Relation.AT_LEAST, "no (fewer|less) than NUMBER", "NUMBER or more"),
          wording(Relation.AT_MOST, "(no|not) more than NUMBER", "NUMBER or (fewer|less)"),
          wording(Relation.AT_LEAST, "(at least|mindestens|au moins|al menos|por lo menos) NUMBER"),
          wording(Relation.AT_MOST, "(at most|höchstens|au plus|como mucho) NUMBER"),
          wording(Relation.EXACTLY, "(exactly|genau|exactement|exactamente) NUMBER"),
          wording(
              Relation.MORE_THAN,
              "(more|greater) than NUMBER",
              "mehr als NUMBER",
              "(plus|más) de NUMBER"),
          wording(
              Relation.FEWER_THAN,
              "(fewer|less) than NUMBER",
              "weniger als NUMBER",
              "(moins|menos) de NUMBER"));

  /** The names of one, two and so on. */
  private static final List<Set<String>> NUMBERS =
      List.of(
          Set.of("one", "ein", "eine", "einen", "un", "une", "uno", "una"),
          Set.of("two", "zwei", "deux", "dos"),
          Set.of("three", "drei", "trois", "tres"),
          Set.of("four", "vier", "quatre", "cuatro"),
          Set.of("five", "fünf", "cinq", "cinco"),
          Set.of("six", "sechs", "seis"),
          Set.of("seven", "sieben", "sept", "siete"),
          Set.of("eight", "acht", "huit", "ocho"),
          Set.of("nine", "neun", "neuf", "nueve"),
          Set.of("ten", "zehn", "dix", "diez"));

  /** Longer numbers exceed every count. */
  private static final int MAX_DIGITS = 9;

  private record Wording(Relation relation, Pattern phrase) {}

  /** Whether a count is as claimed. */
  public boolean holds(long count) {
    return switch (relation) {
      case MORE_THAN -> count > number;
      case FEWER_THAN -> count < number;
      case AT_LEAST -> count >= number;
      case AT_MOST -> count <= number;
      case EXACTLY -> count == number;
    };
  }

  /** The claim of a prompt, if it asks whether rather than how many. */
  static Optional<Claim> of(PromptWords words) {
    if (words.has(COUNTING)) {
      return Optional.empty();
    }
    return compared(words)
        .or(() -> Surroundings.state(words).map(Surroundings::claim))
        .or(() -> words.has(ABSENCE) ? Optional.of(NONE) : Optional.empty());
  }

  private static Optional<Claim> compared(PromptWords words) {
    for (Wording wording : WORDINGS) {
      Optional<String> phrase = words.first(wording.phrase());
      if (phrase.isPresent()) {
        return Optional.of(new Claim(wording.relation(), number(phrase.get())));
      }
    }
    return Optional.empty();
  }

  private static long number(String phrase) {
    return Arrays.stream(phrase.split(" ", -1))
        .mapToLong(Claim::value)
        .filter(value -> value >= 0)
        .findFirst()
        .orElseThrow();
  }

  /** A word's number; negative when it is none. */
  private static long value(String word) {
    if (word.chars().allMatch(Character::isDigit)) {
      return word.length() > MAX_DIGITS ? Long.MAX_VALUE : Long.parseLong(word);
    }
    for (int i = 0; i < NUMBERS.size(); i++) {
      if (NUMBERS.get(i).contains(word)) {
        return i + 1L;
      }
    }
    return -1;
  }

  private static Wording wording(Relation relation, String... phrases) {
    return new Wording(relation, Phrases.any(phrases));
  }
}
