package framewise.overshoot.wire;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Collects the invalid fields of one object. */
final class InvalidFields {

  private final List<InvalidField> found = new ArrayList<>();

  InvalidFields add(String field, String message) {
    found.add(new InvalidField(field, message));
    return this;
  }

  /** Requires a number within an inclusive range. */
  InvalidFields range(String field, double value, double least, double most, String unit) {
    if (!(value >= least && value <= most)) {
      add(field, "is " + text(value) + " but must be " + text(least) + " to " + text(most) + unit);
    }
    return this;
  }

  /** Requires a number above 0 and at most the given one. */
  InvalidFields aboveZero(String field, double value, double most, String unit) {
    if (!(value > 0 && value <= most)) {
      add(field, "is " + text(value) + " but must be more than 0 and at most " + text(most) + unit);
    }
    return this;
  }

  /** Requires a text with a non-blank character. */
  InvalidFields filled(String field, String value) {
    if (value.isBlank()) {
      add(field, "is empty but must have at least one character");
    }
    return this;
  }

  InvalidFields under(String parent, List<InvalidField> children) {
    for (InvalidField child : children) {
      found.add(child.under(parent));
    }
    return this;
  }

  List<InvalidField> list() {
    return List.copyOf(found);
  }

  /** Formats a number as people write it: 30, 0.1. */
  static String text(double value) {
    return Double.isFinite(value)
        ? BigDecimal.valueOf(value).stripTrailingZeros().toPlainString()
        : Double.toString(value);
  }
}
