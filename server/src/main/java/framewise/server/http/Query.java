package framewise.server.http;

import framewise.engine.Refusal;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads numbers out of a query string. */
public final class Query {
  private Query() {}

  /**
   * A whole number.
   *
   * @param text as it stands in the query; empty when left out
   * @throws framewise.engine.RefusedException when it is none, or out of range
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
      // told below
    }
    String range = max == Long.MAX_VALUE ? min + " or more" : "from " + min + " to " + max;
    throw Refusal.field(
            name,
            "%s is \"%s\" but must be a whole number %s"
                .formatted(name, ShownText.of(text.get(), 40), range))
        .asException();
  }

  /**
   * A parameter that is true or false.
   *
   * @throws framewise.engine.RefusedException when it is neither
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
