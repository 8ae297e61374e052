package framewise.engine.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * What an hour of a session is about to cost, guessed before it starts.
 *
 * @param dollarsPerHour US dollars; empty where a price is not known
 * @param text for people, such as {@code about $0.84 an hour}
 * @param questionsPerHour how often services are asked, when every clip is asked about
 */
public record Forecast(Optional<BigDecimal> dollarsPerHour, String text, long questionsPerHour) {
  private static final Forecast FREE =
      new Forecast(Optional.of(BigDecimal.ZERO), "free: the answers cost nothing", 0);

  /** For one prompt that costs nothing. */
  public static Forecast free() {
    return FREE;
  }

  /** For one prompt whose price is not known. */
  public static Forecast unknown(String backend, String model, double questionsPerHour) {
    return new Forecast(
        Optional.empty(),
        "unknown: prices.yaml has no price for %s of %s".formatted(model, backend),
        Math.round(questionsPerHour));
  }

  /** For one prompt whose requests are so large. */
  public static Forecast of(Price price, double questionsPerHour, RequestSize size) {
    return about(
        price.of(size.tokens(price)).multiply(BigDecimal.valueOf(questionsPerHour)),
        Math.round(questionsPerHour));
  }

  /** Both together. */
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
