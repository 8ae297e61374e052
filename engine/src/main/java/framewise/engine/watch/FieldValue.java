package framewise.engine.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Value of a field in a {@link WatchExpression}. */
sealed interface FieldValue {
  /** Maximum number of characters that a pattern is matched against. */
  int MAX_MATCHED = 16_384;

  /** Maximum number of steps of a match, equal to some 10 ms. */
  int MAX_STEPS = 1_000_000;

  record Amount(double value) implements FieldValue {
    @Override
    public String toString() {
      return value == Math.rint(value) && Math.abs(value) < 1e15
          ? Long.toString((long) value)
          : Double.toString(value);
    }
  }

  record Text(String value) implements FieldValue {
    @Override
    public String toString() {
      return value;
    }
  }

  record Flag(boolean value) implements FieldValue {
    @Override
    public String toString() {
      return Boolean.toString(value);
    }
  }

  record Items(List<FieldValue> values) implements FieldValue {
    public Items {
      values = List.copyOf(values);
    }
  }

  /** The JSON null. */
  record Nothing() implements FieldValue {}

  static Optional<FieldValue> number(String text) {
    try {
      double value =
          text.startsWith("0x") || text.startsWith("0X")
              ? Long.parseLong(text.substring(2), 16)
              : Double.parseDouble(text);
      return Double.isFinite(value) ? Optional.of(new Amount(value)) : Optional.empty();
    } catch (NumberFormatException tooLong) {
      return Optional.empty();
    }
  }

  /** Converts a JSON value; empty for an object, which has no simple value. */
  static Optional<FieldValue> of(JsonNode json) {
    return switch (json.getNodeType()) {
      case NUMBER -> Optional.of(new Amount(json.asDouble()));
      case STRING -> Optional.of(new Text(json.asText()));
      case BOOLEAN -> Optional.of(new Flag(json.asBoolean()));
      case NULL -> Optional.of(new Nothing());
      case ARRAY ->
          Optional.of(new Items(json.valueStream().flatMap(item -> of(item).stream()).toList()));
      default -> Optional.empty();
    };
  }

  /** The value as a number: the number itself, the length of a list, or that in a text. */
  default OptionalDouble asNumber() {
    return switch (this) {
      case Amount(double value) -> OptionalDouble.of(value);
      case Items(var values) -> OptionalDouble.of(values.size());
      case Text(var text) ->
          number(text.strip()).map(FieldValue::asNumber).orElse(OptionalDouble.empty());
      case Flag _, Nothing _ -> OptionalDouble.empty();
    };
  }

  /** The value as a condition: a flag, or a text that says yes or no. */
  default Verdict truth() {
    return switch (this) {
      case Flag(boolean value) -> Verdict.of(value);
      case Amount(double value) -> Verdict.of(value != 0);
      case Items(var values) -> Verdict.of(!values.isEmpty());
      case Text(var text) ->
          switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "yes", "true" -> Verdict.YES;
            case "no", "false" -> Verdict.NO;
            default -> Verdict.UNKNOWN;
          };
      case Nothing _ -> Verdict.UNKNOWN;
    };
  }

  default Verdict equalTo(FieldValue other) {
    if (this instanceof Nothing || other instanceof Nothing) {
      return Verdict.of(this instanceof Nothing && other instanceof Nothing);
    }
    if (this instanceof Flag || other instanceof Flag) {
      Verdict a = truth();
      Verdict b = other.truth();
      return a == Verdict.UNKNOWN || b == Verdict.UNKNOWN ? Verdict.UNKNOWN : Verdict.of(a == b);
    }
    if (this instanceof Amount || other instanceof Amount) {
      OptionalDouble a = asNumber();
      OptionalDouble b = other.asNumber();
      return Verdict.of(a.isPresent() && b.isPresent() && a.getAsDouble() == b.getAsDouble());
    }
    return Verdict.of(
        equals(other) || toString().strip().equalsIgnoreCase(other.toString().strip()));
  }

  /** Compares as numbers; unknown for a text that is not a number. */
  default Verdict order(FieldValue other, String operator) {
    OptionalDouble a = asNumber();
    OptionalDouble b = other.asNumber();
    if (a.isEmpty() || b.isEmpty()) {
      return Verdict.UNKNOWN;
    }
    double left = a.getAsDouble();
    double right = b.getAsDouble();
    // Not Double.compare, which treats -0 as less than 0, so that "-people < 0" would hold with no
    // people.
    return Verdict.of(
        switch (operator) {
          case "<" -> left < right;
          case "<=" -> left <= right;
          case ">" -> left > right;
          default -> left >= right;
        });
  }

  /** Whether a text, or an item of a list, contains a part; ignores case. */
  default Verdict contains(FieldValue part) {
    String wanted = part.toString().toLowerCase(Locale.ROOT);
    return switch (this) {
      case Items(var values) ->
          Verdict.of(values.stream().anyMatch(item -> item.contains(part) == Verdict.YES));
      case Nothing _ -> Verdict.NO;
      default -> Verdict.of(toString().toLowerCase(Locale.ROOT).contains(wanted));
    };
  }

  /**
   * Whether a part of a text, or of an item of a list, matches a pattern. Reads only the first
   * characters, at most {@link #MAX_MATCHED}, because the time of a match grows with the length of
   * the text and the size of the pattern. Unknown if the rest might match.
   */
  default Verdict matches(@Nullable Pattern pattern) {
    if (pattern == null) {
      return Verdict.UNKNOWN;
    }
    return switch (this) {
      case Items(var values) ->
          values.stream().map(item -> item.matches(pattern)).reduce(Verdict.NO, Verdict::or);
      case Nothing _ -> Verdict.NO;
      default -> matches(pattern, toString());
    };
  }

  private static Verdict matches(Pattern pattern, String text) {
    int most = Math.min(MAX_MATCHED, MAX_STEPS / Math.max(1, pattern.programSize()));
    if (text.length() <= most) {
      return Verdict.of(pattern.matcher(text).find());
    }
    Matcher start = pattern.matcher(text.substring(0, most));
    // A match that ends exactly at the cut may be caused by the cut.
    return start.find() && start.end() < most ? Verdict.YES : Verdict.UNKNOWN;
  }
}
