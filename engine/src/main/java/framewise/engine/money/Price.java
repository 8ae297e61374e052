package framewise.engine.money;

import framewise.vision.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Price of a model.
 *
 * @param model its name, or a prefix that ends with {@code *}
 * @param input US dollars for a million input tokens
 * @param output US dollars for a million output tokens
 * @param pixelsPerToken pixels of a picture that count as one token, for forecasts
 */
public record Price(
    String backend, String model, BigDecimal input, BigDecimal output, double pixelsPerToken) {
  /** Decimal places of an amount in dollars: billionths. */
  public static final int SCALE = 9;

  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

  /** Cost of these tokens in US dollars. */
  public BigDecimal of(Usage usage) {
    return input
        .multiply(BigDecimal.valueOf(usage.inputTokens()))
        .add(output.multiply(BigDecimal.valueOf(usage.outputTokens())))
        .divide(MILLION, SCALE, RoundingMode.HALF_UP);
  }

  boolean isFree() {
    return input.signum() == 0 && output.signum() == 0;
  }

  boolean covers(String asked, String name) {
    return backend.equals(asked)
        && (model.endsWith("*")
            ? name.startsWith(model.substring(0, model.length() - 1))
            : name.equals(model));
  }
}
