package framewise.vision.builtin.prompt;

import framewise.vision.builtin.object.ObjectKind;
import java.util.EnumSet;
import java.util.Set;

/**
 * The detector's meaning of a noun in a prompt.
 *
 * @param singular name in answers
 * @param plural name of several in answers
 * @param kinds at least one
 */
public record Things(String singular, String plural, Set<ObjectKind> kinds) {
  /** Everything that the detector knows. */
  public static final Things ALL =
      new Things("known thing", "known things", EnumSet.allOf(ObjectKind.class));

  static final Things PEOPLE = of(ObjectKind.PERSON);

  public Things {
    kinds = Set.copyOf(kinds);
  }

  static Things of(ObjectKind kind) {
    return new Things(kind.singular(), kind.plural(), Set.of(kind));
  }

  /** A count such as {@code 1 person} or {@code 3 people}. */
  public String counted(long count) {
    return count + " " + (count == 1 ? singular : plural);
  }
}
