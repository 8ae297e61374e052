package framewise.engine.money;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Converts amounts for storage and display. */
public final class Dollars {
  private static final BigDecimal CENT = new BigDecimal("0.01");

  private Dollars() {}

  /** Billionths of a dollar, as the database stores them. */
  public static long billionths(BigDecimal dollars) {
    return dollars.setScale(Price.SCALE, RoundingMode.HALF_UP).unscaledValue().longValue();
  }

  /** Reverses {@link #billionths}. */
  public static BigDecimal ofBillionths(long billionths) {
    return BigDecimal.valueOf(billionths, Price.SCALE);
  }

  /** Formats for people: whole cents, four digits below a cent. */
  public static String shown(BigDecimal dollars) {
    boolean small = dollars.signum() > 0 && dollars.compareTo(CENT) < 0;
    return dollars.setScale(small ? 4 : 2, RoundingMode.HALF_UP).toPlainString();
  }
}
