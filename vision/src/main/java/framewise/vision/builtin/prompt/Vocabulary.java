package framewise.vision.builtin.prompt;

import framewise.vision.builtin.object.ObjectKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The nouns that name what the detector knows: {@code things.txt}, and every label itself. */
final class Vocabulary {
  /** Nouns of more words than these are not known. */
  static final int MAX_WORDS = 3;

  private static final Vocabulary INSTANCE = read();

  private final Map<String, Noun> nouns = new HashMap<>();

  private Vocabulary() {
    for (ObjectKind kind : ObjectKind.values()) {
      Noun noun = new Noun(Things.of(kind), false);
      nouns.put(kind.singular(), noun);
      nouns.put(kind.plural(), noun);
    }
  }

  /**
   * @param narrow whether the word means only some of the things, so that they cannot be told apart
   */
  record Noun(Things things, boolean narrow) {}

  static Optional<Noun> noun(String words) {
    return Optional.ofNullable(INSTANCE.nouns.get(words));
  }

  private static Vocabulary read() {
    Vocabulary vocabulary = new Vocabulary();
    try (InputStream in =
        Objects.requireNonNull(Vocabulary.class.getResourceAsStream("things.txt"))) {
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#") && !line.isBlank())
          .forEach(vocabulary::add);
      return vocabulary;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String line) {
    boolean narrow = line.contains(" ~ ");
    String[] sides = line.split(narrow ? " ~ " : " = ", 2);
    Things things = things(sides[0].strip());
    Noun noun = new Noun(things, narrow);
    split(sides[1]).forEach(word -> nouns.put(word, noun));
    if (things.kinds().size() > 1) {
      nouns.put(things.singular(), noun);
      nouns.put(things.plural(), noun);
    }
  }

  private static Things things(String named) {
    if (!named.startsWith("[")) {
      return Things.of(kind(named));
    }
    int end = named.indexOf(']');
    String[] names = named.substring(1, end).split("\\|", -1);
    Set<ObjectKind> kinds = EnumSet.noneOf(ObjectKind.class);
    split(named.substring(end + 1)).forEach(label -> kinds.add(kind(label)));
    return new Things(names[0].strip(), names[1].strip(), kinds);
  }

  private static ObjectKind kind(String label) {
    return ObjectKind.valueOf(label.strip().toUpperCase(Locale.ROOT).replace(' ', '_'));
  }

  private static List<String> split(String words) {
    return Arrays.stream(words.split(",", -1)).map(String::strip).toList();
  }
}
