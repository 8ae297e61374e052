package framewise.engine.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * Estimated cost of one hour of a session, made before it starts.
 *
 * @param dollarsPerHour US dollars; empty where a price is unknown
 * @param text for people, such as {@code about $0.84 an hour}
 * @param questionsPerHour number of requests an hour when no clip is skipped
 */
public record Forecast(Optional<BigDecimal> dollarsPerHour, String text, long questionsPerHour) {
  private static final Forecast FREE =
      new Forecast(Optional.of(BigDecimal.ZERO), "free: the answers cost nothing", 0);

  /** Forecast for one prompt that costs nothing. */
  public static Forecast free() {
    return FREE;
  }

  /** Forecast for one prompt whose price is unknown. */
  public static Forecast unknown(String backend, String model, double questionsPerHour) {
    return new Forecast(
        Optional.empty(),
        "unknown: there is no price for %s of %s. Add it to FRAMEWISE_PRICES"
            .formatted(model, backend),
        Math.round(questionsPerHour));
  }

  /** Forecast for one prompt, from its request size. */
  public static Forecast of(Price price, double questionsPerHour, RequestSize size) {
    return about(
        price.of(size.tokens(price)).multiply(BigDecimal.valueOf(questionsPerHour)),
        Math.round(questionsPerHour));
  }

  /** Sum of both forecasts. */
  public Forecast plus(Forecast other) {
    if (dollarsPerHour.isEmpty()) {
      return new Forecast(dollarsPerHour, text, questionsPerHour + other.questionsPerHour);
    }
    if (other.dollarsPerHour.isEmpty()) {
      return other.plus(this);
    }
    BigDecimal sum = dollarsPerHour.get().add(other.dollarsPerHour.get());
    long questions = questionsPerHour + other.questionsPerHour;
    return sum.signum() == 0 ? FREE : about(sum, questions);
  }

  private static Forecast about(BigDecimal dollars, long questions) {
    BigDecimal rounded = dollars.setScale(4, RoundingMode.HALF_UP);
    return new Forecast(
        Optional.of(rounded), "about $" + Dollars.shown(rounded) + " an hour", questions);
  }
}
