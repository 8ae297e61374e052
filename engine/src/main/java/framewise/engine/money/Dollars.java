package framewise.engine.money;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Converts amounts for storage and display. */
public final class Dollars {
  /** The largest amount: a billion dollars. The sum of two still fits into a database integer. */
  public static final long MAX_BILLIONTHS = 1_000_000_000_000_000_000L;

  private static final BigDecimal MAX_AMOUNT = BigDecimal.valueOf(MAX_BILLIONTHS, Price.SCALE);
  private static final BigDecimal CENT = new BigDecimal("0.01");

  private Dollars() {}

  /** Billionths of a dollar, as the database stores them; at most {@link #MAX_BILLIONTHS}. */
  public static long billionths(BigDecimal dollars) {
    return dollars
        .min(MAX_AMOUNT)
        .max(BigDecimal.ZERO)
        .movePointRight(Price.SCALE)
        .setScale(0, RoundingMode.HALF_UP)
        .longValueExact();
  }

  /** Reverses {@link #billionths}. A number out of range becomes the nearest valid one. */
  public static BigDecimal ofBillionths(long billionths) {
    return BigDecimal.valueOf(Math.clamp(billionths, 0, MAX_BILLIONTHS), Price.SCALE);
  }

  /** Formats for people: in whole cents, or with four decimals for less than a cent. */
  public static String shown(BigDecimal dollars) {
    boolean small = dollars.signum() > 0 && dollars.compareTo(CENT) < 0;
    return dollars.setScale(small ? 4 : 2, RoundingMode.HALF_UP).toPlainString();
  }
}
