package framewise.vision.builtin;

import framewise.vision.builtin.prompt.Request;
import framewise.vision.builtin.prompt.Skill;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds what a schema's property asks for: from its name, else its description, else the prompt.
 */
final class Field {
  /** Names that only mean "the answer". */
  private static final Set<String> PLAIN =
      Set.of(
          "",
          "answer",
          "result",
          "response",
          "reply",
          "output",
          "value",
          "count",
          "total",
          "number",
          "present",
          "detected",
          "found",
          "visible",
          "data",
          "content");

  private static final Set<String> DESCRIPTIONS =
      Set.of("description", "describe", "summary", "caption", "scene", "overview");

  private static final Set<String> THINGS =
      Set.of(
          "object",
          "objects",
          "thing",
          "things",
          "item",
          "items",
          "label",
          "labels",
          "detections",
          "classes",
          "categories");

  /** The start of a word inside a name such as {@code personPresent}. */
  private static final Pattern WORD_START = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+");

  /** Prefixes and suffixes of names. */
  private static final Pattern DECORATION =
      Pattern.compile(
          "\\b(is|has|have|are|there|num|number|nr|nb|n|total|counts?|counter|of|in|the|any|present"
              + "|presence|detected|detections?|found|visible|seen|exists?|contains?|quantity|amount"
              + "|how|many|list|flag|image|frame|picture|video|raw|full|all)\\b");

  private static final Pattern SPACES = Pattern.compile("\\s+");

  private Field() {}

  /** The request behind a property; empty when none of it can be answered. */
  static Optional<Request> requestFor(String name, String description, String prompt) {
    String words = WORD_START.matcher(name).replaceAll(" ").toLowerCase(Locale.ROOT);
    String bare = SPACES.matcher(DECORATION.matcher(words).replaceAll(" ")).replaceAll(" ").strip();
    if (PLAIN.contains(bare)) {
      return understood(description).or(() -> understood(prompt)).or(() -> everything(words));
    }
    if (DESCRIPTIONS.contains(bare) || bare.equals("scene description")) {
      return understood("describe");
    }
    if (THINGS.contains(bare)) {
      return understood("list all objects");
    }
    return understood(bare).or(() -> understood(description));
  }

  private static Optional<Request> everything(String words) {
    return words.contains("count") || words.contains("total")
        ? understood("count all objects")
        : Optional.empty();
  }

  private static Optional<Request> understood(String words) {
    Request request = Request.of(words);
    boolean whole =
        !request.skills().isEmpty()
            && request.unknown().isEmpty()
            && request.about().isEmpty()
            && (request.narrow().isEmpty() || !request.skills().equals(Set.of(Skill.FIND)));
    return whole ? Optional.of(request) : Optional.empty();
  }
}
