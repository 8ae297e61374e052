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
public record Spent(Usage usage, BigDecimal dollars, long unpriced) {
  public static final Spent NOTHING = new Spent(Usage.NONE, BigDecimal.ZERO, 0);

  public Spent plus(Spent other) {
    return new Spent(
        usage.plus(other.usage), dollars.add(other.dollars), unpriced + other.unpriced);
  }
}
