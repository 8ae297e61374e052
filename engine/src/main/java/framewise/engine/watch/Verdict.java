package framewise.engine.watch;

import java.util.Locale;

/** Whether an answer meets a condition. */
public enum Verdict {
  YES,
  NO,
  /** Unknown: a field is missing, the back end failed or is not sure. */
  UNKNOWN;

  static Verdict of(boolean met) {
    return met ? YES : NO;
  }

  Verdict not() {
    return switch (this) {
      case YES -> NO;
      case NO -> YES;
      case UNKNOWN -> UNKNOWN;
    };
  }

  /** Three-valued "and": no if either is no. */
  Verdict and(Verdict other) {
    if (this == NO || other == NO) {
      return NO;
    }
    return this == YES ? other : UNKNOWN;
  }

  /** Three-valued "or": yes if either is yes. */
  Verdict or(Verdict other) {
    return not().and(other.not()).not();
  }

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
