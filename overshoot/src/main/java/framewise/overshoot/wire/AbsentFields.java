package framewise.overshoot.wire;

import org.jspecify.annotations.Nullable;

/** The values of fields that the sender left out. */
public final class AbsentFields {

  private AbsentFields() {}

  /** The text, or an empty one where the sender left it out. */
  public static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
