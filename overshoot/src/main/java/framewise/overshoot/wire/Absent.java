package framewise.overshoot.wire;

import org.jspecify.annotations.Nullable;

/** What a field is when the sender left it out. */
final class Absent {

  private Absent() {}

  static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
