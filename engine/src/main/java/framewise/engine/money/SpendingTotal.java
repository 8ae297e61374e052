package framewise.engine.money;

import framewise.vision.Usage;
import java.math.BigDecimal;

/**
 * Total spending.
 *
 * @param usage tokens, as reported by the services
 * @param dollars cost of the priced answers
 * @param unpriced number of answers whose price or tokens are unknown
 */
public record SpendingTotal(Usage usage, BigDecimal dollars, long unpriced) {
  public static final SpendingTotal NOTHING = new SpendingTotal(Usage.NONE, BigDecimal.ZERO, 0);

  public SpendingTotal plus(SpendingTotal other) {
    return new SpendingTotal(
        usage.plus(other.usage), dollars.add(other.dollars), unpriced + other.unpriced);
  }
}
