package framewise.overshoot.wire;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one object, field by field. */
final class Problems {

  private final List<Problem> found = new ArrayList<>();

  Problems add(String field, String message) {
    found.add(new Problem(field, message));
    return this;
  }

  /** The number must lie between the two, which are allowed themselves. */
  Problems range(String field, double value, double least, double most, String unit) {
    if (!(value >= least && value <= most)) {
      add(field, "is " + text(value) + ": give " + text(least) + " to " + text(most) + unit);
    }
    return this;
  }

  /** The number must be above nothing and at most this much. */
  Problems aboveZero(String field, double value, double most, String unit) {
    if (!(value > 0 && value <= most)) {
      add(field, "is " + text(value) + ": give more than 0 and at most " + text(most) + unit);
    }
    return this;
  }

  /** The text must hold something else than blanks. */
  Problems filled(String field, String value) {
    if (value.isBlank()) {
      add(field, "is empty: give a text");
    }
    return this;
  }

  Problems under(String parent, List<Problem> children) {
    for (Problem child : children) {
      found.add(child.under(parent));
    }
    return this;
  }

  List<Problem> list() {
    return List.copyOf(found);
  }

  /** A number the way a person writes it: 30, 0.1. */
  static String text(double value) {
    return Double.isFinite(value)
        ? BigDecimal.valueOf(value).stripTrailingZeros().toPlainString()
        : Double.toString(value);
  }
}
