package framewise.vision.builtin.prompt;

import framewise.vision.builtin.object.ObjectKind;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a noun of a prompt means to the detector.
 *
 * @param singular what one is called in an answer
 * @param plural what several are called
 * @param kinds at least one
 */
public record Things(String singular, String plural, Set<ObjectKind> kinds) {
  /** Whatever the detector knows. */
  public static final Things ALL =
      new Things("known thing", "known things", EnumSet.allOf(ObjectKind.class));

  static final Things PEOPLE = of(ObjectKind.PERSON);

  public Things {
    kinds = Set.copyOf(kinds);
  }

  static Things of(ObjectKind kind) {
    return new Things(kind.singular(), kind.plural(), Set.of(kind));
  }

  /** Such as {@code 1 person} or {@code 3 people}. */
  public String counted(long count) {
    return count + " " + (count == 1 ? singular : plural);
  }
}
