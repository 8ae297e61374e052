package framewise.engine.watch;

import framewise.vision.builtin.object.ObjectKind;
import framewise.vision.builtin.prompt.Request;
import framewise.vision.builtin.prompt.Skill;
import framewise.vision.builtin.prompt.Things;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names of the objects that the built-in model recognizes; treats singular and plural alike. */
final class ThingName {
  private static final Map<String, String> SINGULAR =
      Arrays.stream(ObjectKind.values())
          .flatMap(
              kind ->
                  Stream.of(kind.singular(), kind.plural())
                      .distinct()
                      .map(name -> Map.entry(name, kind.singular())))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private ThingName() {}

  /** The label of an object, such as person for People; empty for any other name. */
  static Optional<String> of(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replace('_', ' ');
    return Optional.ofNullable(SINGULAR.get(plain.equals("persons") ? "people" : plain));
  }

  /** Labels of the objects that the built-in model looks for with this prompt. */
  static Set<String> wanted(String prompt) {
    Request request = Request.of(prompt);
    Stream<Things> things =
        request.skills().contains(Skill.DESCRIBE)
            ? Stream.of(Things.ALL)
            : request.things().stream();
    return things
        .map(Things::kinds)
        .flatMap(Set::stream)
        .map(ObjectKind::singular)
        .collect(Collectors.toUnmodifiableSet());
  }
}
