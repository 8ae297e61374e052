package framewise.server.api.request;

import framewise.engine.Refusal;
import framewise.engine.ShownText;
import framewise.engine.session.Session;
import framewise.engine.settings.StreamSettings;
import framewise.server.http.Fields;
import io.javalin.http.Context;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Name that distinguishes one prompt's answers: 1 to 64 printable characters. Surrounding blanks
 * are removed, and names are compared without case.
 */
public final class PromptName {
  private static final int MAX_LENGTH = 64;

  private PromptName() {}

  /**
   * Reads the field {@code name} of one of several prompts.
   *
   * @param others the comparable names of earlier prompts; this one is added
   */
  static Optional<String> read(Fields prompt, Map<String, String> others) {
    Optional<String> given = prompt.requiredString("name");
    if (given.isEmpty()) {
      return given;
    }
    String name = stripped(given.get());
    if (ShownText.hasHidden(given.get())) {
      prompt.add("name", "name has control characters");
    } else if (ShownText.isBlank(name)) {
      prompt.add("name", "name is empty but must distinguish this prompt from the others");
    } else if (name.length() > MAX_LENGTH) {
      prompt.add(
          "name",
          "name has %d characters but must have at most %d".formatted(name.length(), MAX_LENGTH));
    } else {
      String same = others.putIfAbsent(compared(name), name);
      if (same != null) {
        prompt.add(
            "name",
            "name is \"%s\" but another prompt already has %s".formatted(name, so(name, same)));
      }
    }
    return Optional.of(name);
  }

  /** Reads {@code name} where it refers to a prompt. */
  public static Optional<String> read(Fields fields) {
    return fields.string("name").map(PromptName::stripped);
  }

  /**
   * Reads the name in a query for the results of one prompt.
   *
   * @param known the names from {@link #all}
   * @throws framewise.engine.RefusedException when no prompt has or had this name
   */
  public static Optional<String> readQuery(Context context, List<String> known) {
    Optional<String> name =
        Optional.ofNullable(context.queryParam("name")).map(PromptName::stripped);
    List<String> names = known.stream().filter(one -> !one.isEmpty()).toList();
    if (name.isPresent() && !names.contains(name.get())) {
      throw Refusal.field(
              "name",
              "name is \"%s\" but must be %s"
                  .formatted(
                      ShownText.of(name.get(), MAX_LENGTH),
                      names.isEmpty()
                          ? "left out: no prompt of this session has a name"
                          : "one of " + String.join(", ", names)))
          .asException();
    }
    return name;
  }

  /**
   * Names of a session's prompts: first those of the current or last run, then others that have
   * results; an empty name for a prompt without one.
   */
  public static List<String> all(Session session) {
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
        ? "this name"
        : "the name \"%s\": names must differ in more than capital letters".formatted(same);
  }

  private static String compared(String name) {
    String composed = Normalizer.normalize(name, Normalizer.Form.NFC);
    return composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  /** Removes surrounding blanks, including no-break spaces. */
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
}
