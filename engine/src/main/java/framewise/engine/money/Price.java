package framewise.engine.money;

import framewise.vision.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What a model costs.
 *
 * @param model its name, or the beginning of names with a {@code *} at the end
 * @param input US dollars for a million tokens of requests
 * @param output US dollars for a million tokens of answers
 * @param pixelsPerToken how many pixels of a picture make one token, for forecasts
 */
public record Price(
    String backend, String model, BigDecimal input, BigDecimal output, double pixelsPerToken) {
  /** Digits after the point of an amount in dollars: billionths. */
  public static final int SCALE = 9;

  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

  /** US dollars for these tokens. */
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
