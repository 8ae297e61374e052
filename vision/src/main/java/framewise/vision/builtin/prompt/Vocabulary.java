package framewise.vision.builtin.prompt;

import framewise.vision.builtin.object.ObjectKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The nouns for everything that the detector knows: {@code things.txt}, and every label itself. */
final class Vocabulary {
  /** Maximum words of a noun. */
  static final int MAX_WORDS = 3;

  /** Languages beside English, each in a separate file. */
  private static final List<String> LANGUAGES = List.of("de", "fr", "es");

  /** Minimum length of a compound's head; shorter words end many others by chance. */
  private static final int MIN_PART = 4;

  /** Endings of English words that are not heads, as in frontier and mankind. */
  private static final Set<String> NO_HEADS = Set.of("tier", "kind", "rind");

  private static final Pattern MARKS = Pattern.compile("\\p{M}+");

  private static final Vocabulary INSTANCE = read();

  private final Map<String, Noun> nouns = new HashMap<>();

  /** Possible heads of German compounds. */
  private final Map<String, Noun> heads = new HashMap<>();

  private Vocabulary() {
    for (ObjectKind kind : ObjectKind.values()) {
      Noun noun = new Noun(Things.of(kind), false);
      nouns.put(kind.singular(), noun);
      nouns.put(kind.plural(), noun);
    }
  }

  /**
   * @param narrow whether the word means only some of the things, which the detector cannot
   *     distinguish
   */
  record Noun(Things things, boolean narrow) {}

  static Optional<Noun> noun(String words) {
    Noun known = INSTANCE.nouns.get(words);
    return known != null ? Optional.of(known) : INSTANCE.compound(words);
  }

  /** Cars, buses, trucks and motorcycles. */
  static Things vehicles() {
    return Objects.requireNonNull(INSTANCE.nouns.get("vehicle")).things();
  }

  /** Finds the head of a German compound: the last part says what it is. */
  private Optional<Noun> compound(String word) {
    if (word.indexOf(' ') >= 0) {
      return Optional.empty();
    }
    for (int at = MIN_PART; at <= word.length() - MIN_PART; at++) {
      Noun last = heads.get(word.substring(at));
      if (last != null) {
        return Optional.of(new Noun(last.things(), true));
      }
    }
    return Optional.empty();
  }

  private static Vocabulary read() {
    Vocabulary vocabulary = new Vocabulary();
    lines("things.txt").forEach(line -> vocabulary.add(line, vocabulary.nouns));
    for (String language : LANGUAGES) {
      Map<String, Noun> words = new HashMap<>();
      lines("things." + language + ".txt").forEach(line -> vocabulary.add(line, words));
      words.forEach(vocabulary::add);
      if (language.equals("de")) {
        vocabulary.heads.putAll(words);
        vocabulary.heads.keySet().removeAll(NO_HEADS);
      }
    }
    return vocabulary;
  }

  private static List<String> lines(String file) {
    try (InputStream in = Objects.requireNonNull(Vocabulary.class.getResourceAsStream(file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#") && !line.isBlank())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a foreign word, also without its accents; English words take precedence. */
  private void add(String word, Noun noun) {
    nouns.putIfAbsent(word, noun);
    nouns.putIfAbsent(
        MARKS.matcher(Normalizer.normalize(word, Normalizer.Form.NFD)).replaceAll(""), noun);
    nouns.putIfAbsent(
        word.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss"), noun);
  }

  private void add(String line, Map<String, Noun> words) {
    boolean narrow = line.contains(" ~ ");
    String[] sides = line.split(narrow ? " ~ " : " = ", 2);
    Things things = things(sides[0].strip());
    Noun noun = new Noun(things, narrow);
    split(sides[1]).forEach(word -> words.put(word, noun));
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
