package framewise.engine.money;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Amounts as they are stored and shown. */
public final class Dollars {
  private static final BigDecimal CENT = new BigDecimal("0.01");

  private Dollars() {}

  /** As the database keeps them. */
  public static long billionths(BigDecimal dollars) {
    return dollars.setScale(Price.SCALE, RoundingMode.HALF_UP).unscaledValue().longValue();
  }

  /** What {@link #billionths} gave. */
  public static BigDecimal ofBillionths(long billionths) {
    return BigDecimal.valueOf(billionths, Price.SCALE);
  }

  /** For people: whole cents, and below a cent four digits. */
  public static String shown(BigDecimal dollars) {
    boolean small = dollars.signum() > 0 && dollars.compareTo(CENT) < 0;
    return dollars.setScale(small ? 4 : 2, RoundingMode.HALF_UP).toPlainString();
  }
}
