package framewise.vision.builtin;

import framewise.vision.builtin.object.Detection;
import framewise.vision.builtin.object.ObjectKind;
import framewise.vision.builtin.prompt.Things;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Counts detected things by kind. */
final class Counts {
  private final Map<ObjectKind, Long> byKind;

  Counts(List<Detection> things) {
    byKind =
        things.stream()
            .map(Detection::kind)
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  long of(ObjectKind kind) {
    return byKind.getOrDefault(kind, 0L);
  }

  long of(Things things) {
    return things.kinds().stream().mapToLong(this::of).sum();
  }

  /** The detected kinds, people first, then by number. */
  List<ObjectKind> kinds() {
    return byKind.keySet().stream()
        .sorted(
            Comparator.comparing((ObjectKind kind) -> kind != ObjectKind.PERSON)
                .thenComparingLong(kind -> -of(kind))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  /** A list such as {@code 2 people, 1 car}; empty when nothing is detected. */
  String listed() {
    return kinds().stream().map(kind -> counted(kind, of(kind))).collect(Collectors.joining(", "));
  }

  static String counted(ObjectKind kind, long count) {
    return count + " " + (count == 1 ? kind.singular() : kind.plural());
  }
}
