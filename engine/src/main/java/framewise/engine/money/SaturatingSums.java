package framewise.engine.money;

import framewise.vision.Usage;

/**
 * SQL that adds to stored sums. The sums saturate. Otherwise, one absurdly large number reported by
 * a service would make every later addition fail.
 */
public final class SaturatingSums {
  private SaturatingSums() {}

  /** SQL expression that adds tokens to a sum. */
  public static String tokens(String column, String more) {
    return saturated(column, more, Usage.MAX_TOKENS);
  }

  /** SQL expression that adds billionths of a dollar to a sum. */
  public static String cost(String column, String more) {
    return saturated(column, more, Dollars.MAX_BILLIONTHS);
  }

  private static String saturated(String column, String more, long most) {
    return "CASE WHEN %1$s < 0 THEN %2$s WHEN %1$s > %3$d - %2$s THEN %3$d ELSE %1$s + %2$s END"
        .formatted(column, more, most);
  }
}
