package framewise.server.http;

import framewise.engine.Refusal;
import framewise.engine.ShownText;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Parses parameters of a query string. */
public final class Query {
  private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant TOO_LATE = Instant.parse("+10000-01-01T00:00:00Z");

  private Query() {}

  /**
   * A whole number.
   *
   * @param text from the query; empty when missing
   * @throws framewise.engine.RefusedException when it is not a whole number, or out of range
   */
  public static OptionalLong number(String name, Optional<String> text, long min, long max) {
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      long number = Long.parseLong(text.get());
      if (number >= min && number <= max) {
        return OptionalLong.of(number);
      }
    } catch (NumberFormatException notANumber) {
      // reported below
    }
    String range = max == Long.MAX_VALUE ? min + " or more" : "from " + min + " to " + max;
    throw Refusal.field(
            name,
            "%s is \"%s\" but must be a whole number %s"
                .formatted(name, ShownText.of(text.get(), 40), range))
        .asException();
  }

  /** A time in ISO 8601, such as 2026-01-31T09:00:00Z; empty for anything else. */
  public static Optional<Instant> time(String text) {
    try {
      Instant time = Instant.parse(text.strip());
      // Years such as -999999999 are valid in ISO 8601, but overflow as milliseconds.
      long _ = time.toEpochMilli();
      // Years in RFC 3339 have four digits.
      return Optional.of(time).filter(EARLIEST::isBefore).filter(TOO_LATE::isAfter);
    } catch (DateTimeException | ArithmeticException notATime) {
      return Optional.empty();
    }
  }

  /**
   * A time, as {@link #time(String)} reads it.
   *
   * @throws framewise.engine.RefusedException when it is none
   */
  public static Instant time(String name, String text) {
    return time(text)
        .orElseThrow(
            () ->
                Refusal.field(
                        name,
                        "%s is \"%s\" but must be a time such as 2026-01-31T09:00:00Z"
                            .formatted(name, ShownText.of(text, 40)))
                    .asException());
  }

  /**
   * A number, which may have decimals.
   *
   * @param text from the query; empty when missing
   * @throws framewise.engine.RefusedException when it is not a number, or out of range
   */
  public static OptionalDouble decimal(String name, Optional<String> text, double min, double max) {
    if (text.isEmpty()) {
      return OptionalDouble.empty();
    }
    try {
      double number = Double.parseDouble(text.get());
      if (number >= min && number <= max) {
        return OptionalDouble.of(number);
      }
    } catch (NumberFormatException notANumber) {
      // reported below
    }
    throw Refusal.field(
            name,
            "%s is \"%s\" but must be a number from %s to %s"
                .formatted(
                    name,
                    ShownText.of(text.get(), 40),
                    BigDecimal.valueOf(min).stripTrailingZeros().toPlainString(),
                    BigDecimal.valueOf(max).stripTrailingZeros().toPlainString()))
        .asException();
  }

  /**
   * A boolean parameter.
   *
   * @throws framewise.engine.RefusedException when it is neither true nor false
   */
  public static Optional<Boolean> flag(String name, Optional<String> text) {
    return text.map(
        value ->
            switch (value) {
              case "true", "1" -> true;
              case "false", "0" -> false;
              default ->
                  throw Refusal.field(
                          name,
                          "%s is \"%s\" but must be true or false"
                              .formatted(name, ShownText.of(value, 20)))
                      .asException();
            });
  }
}
