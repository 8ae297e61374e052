package framewise.engine.money;

import framewise.vision.Usage;
import java.math.BigDecimal;

/**
 * What was spent.
 *
 * @param usage tokens, as the services count them
 * @param dollars what the priced answers cost
 * @param unpriced answers of services whose price or tokens are not known
 */
public record Spent(Usage usage, BigDecimal dollars, long unpriced) {
  public static final Spent NOTHING = new Spent(Usage.NONE, BigDecimal.ZERO, 0);

  public Spent plus(Spent other) {
    return new Spent(
        usage.plus(other.usage), dollars.add(other.dollars), unpriced + other.unpriced);
  }
}
