package framewise.engine.money;

import framewise.vision.Usage;

/**
 * SQL that adds to stored sums. They saturate: an impossible number that a service reported once
 * would otherwise make every later addition fail.
 */
public final class Sums {
  private Sums() {}

  /** A sum of tokens, with more tokens. */
  public static String tokens(String column, String more) {
    return saturated(column, more, Usage.MOST);
  }

  /** A sum of billionths of a dollar, with more of them. */
  public static String cost(String column, String more) {
    return saturated(column, more, Dollars.MOST_BILLIONTHS);
  }

  private static String saturated(String column, String more, long most) {
    return "CASE WHEN %1$s < 0 THEN %2$s WHEN %1$s > %3$d - %2$s THEN %3$d ELSE %1$s + %2$s END"
        .formatted(column, more, most);
  }
}
