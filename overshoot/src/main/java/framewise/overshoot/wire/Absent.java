package framewise.overshoot.wire;

import org.jspecify.annotations.Nullable;

/** The values of fields that the sender left out. */
final class Absent {

  private Absent() {}

  static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
