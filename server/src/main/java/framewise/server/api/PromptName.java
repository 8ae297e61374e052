package framewise.server.api;

import framewise.engine.Refusal;
import framewise.engine.pipeline.StreamSettings;
import framewise.engine.session.Session;
import framewise.server.http.Fields;
import framewise.server.http.ShownText;
import io.javalin.http.Context;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What tells the answers to one prompt from those to another: 1 to 64 characters that print. Blanks
 * around it are no part of it, and two that differ by capital letters alone are the same.
 */
final class PromptName {
  private static final int LONGEST = 64;

  private PromptName() {}

  /**
   * Reads the field {@code name} of one of several prompts.
   *
   * @param others the names of those before it, by what they are compared by; it joins them
   */
  static Optional<String> read(Fields prompt, Map<String, String> others) {
    Optional<String> given = prompt.requiredString("name");
    if (given.isEmpty()) {
      return given;
    }
    String name = stripped(given.get());
    if (given.get().codePoints().anyMatch(PromptName::isControl)) {
      prompt.add("name", "name holds control characters");
    } else if (name.isEmpty()) {
      prompt.add("name", "name is empty but must tell this prompt from the others");
    } else if (name.length() > LONGEST) {
      prompt.add(
          "name",
          "name has %d characters but must have at most %d".formatted(name.length(), LONGEST));
    } else {
      String same = others.putIfAbsent(compared(name), name);
      if (same != null) {
        prompt.add(
            "name",
            "name is \"%s\" but another prompt is called %s".formatted(name, so(name, same)));
      }
    }
    return Optional.of(name);
  }

  /** Reads {@code name} where it says which prompt is meant. */
  static Optional<String> read(Fields fields) {
    return fields.string("name").map(PromptName::stripped);
  }

  /**
   * The name in a query that asks for the results of one prompt.
   *
   * @param known as {@link #all} has them
   * @throws framewise.engine.RefusedException when no prompt is or was called so
   */
  static Optional<String> asked(Context context, List<String> known) {
    Optional<String> name =
        Optional.ofNullable(context.queryParam("name")).map(PromptName::stripped);
    List<String> names = known.stream().filter(one -> !one.isEmpty()).toList();
    if (name.isPresent() && !names.contains(name.get())) {
      throw Refusal.field(
              "name",
              "name is \"%s\" but must be %s"
                  .formatted(
                      ShownText.of(name.get(), LONGEST),
                      names.isEmpty()
                          ? "left out: no prompt of this session has a name"
                          : "one of " + String.join(", ", names)))
          .asException();
    }
    return name;
  }

  /**
   * The names of the prompts of a session, first of those it is or was last asked, then of others
   * that have results; the empty name for a prompt without.
   */
  static List<String> all(Session session) {
    return Stream.concat(
            session.view().settings().map(StreamSettings::prompts).stream()
                .flatMap(List::stream)
                .map(prompt -> prompt.name().orElse("")),
            session.log().promptNames().stream())
        .distinct()
        .toList();
  }

  private static String so(String name, String same) {
    return same.equals(name)
        ? "so"
        : "\"%s\": capital letters alone do not tell them apart".formatted(same);
  }

  private static String compared(String name) {
    String composed = Normalizer.normalize(name, Normalizer.Form.NFC);
    return composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  /** Without blanks around it, those included that do not break a line. */
  private static String stripped(String text) {
    int[] characters = text.codePoints().toArray();
    int from = 0;
    int to = characters.length;
    while (from < to && isBlank(characters[from])) {
      from++;
    }
    while (to > from && isBlank(characters[to - 1])) {
      to--;
    }
    return new String(characters, from, to - from);
  }

  private static boolean isBlank(int character) {
    return Character.isWhitespace(character) || Character.isSpaceChar(character);
  }

  /** Breaks lines, turns the direction of writing, or is seen by nobody. */
  private static boolean isControl(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      // Persian words and families of emoji are joined by the two.
      case Character.FORMAT -> character != 0x200c && character != 0x200d;
      default -> false;
    };
  }
}
