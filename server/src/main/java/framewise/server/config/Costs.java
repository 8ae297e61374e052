package framewise.server.config;

import framewise.engine.money.PriceTable;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Cost settings.
 *
 * @param prices of models
 * @param dailyBudget US dollars; empty for no limit
 */
public record Costs(PriceTable prices, Optional<BigDecimal> dailyBudget) {
  private static final BigDecimal MAX_DOLLARS = BigDecimal.valueOf(1_000_000);

  /**
   * @param backends names of the known back ends
   */
  static Costs read(SettingReader reader, List<String> backends) {
    return new Costs(
        reader
            .text(Setting.FRAMEWISE_PRICES)
            .flatMap(path -> table(reader, path, backends))
            .orElseGet(PriceTable::builtIn),
        reader.optional(Setting.FRAMEWISE_DAILY_BUDGET, Costs::dollars));
  }

  private static Optional<PriceTable> table(
      SettingReader reader, String path, List<String> backends) {
    try {
      return Optional.of(PriceTable.of(Path.of(path), backends));
    } catch (IllegalArgumentException e) {
      reader.fault(
          "%s cannot be used: %s.".formatted(Setting.FRAMEWISE_PRICES.name(), e.getMessage()));
      return Optional.empty();
    }
  }

  private static Optional<BigDecimal> dollars(String text) {
    try {
      return Optional.of(new BigDecimal(text))
          .filter(amount -> amount.signum() > 0 && amount.compareTo(MAX_DOLLARS) <= 0);
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }
}
