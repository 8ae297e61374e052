package framewise.engine.watch;

/**
 * Numbers of answers that open and end an incident. Unknown answers count for neither.
 *
 * @param yes number of answers, out of the last {@code of}, that must meet the condition; 1 to
 *     {@code of}
 * @param of 1 to {@link #MOST}
 * @param noInARow number of answers in a row that don't meet it, 1 to {@link #MOST}
 */
public record Thresholds(int yes, int of, int noInARow) {
  public static final int MOST = 20;

  /** Two out of three open an incident, three in a row end it. */
  public static final Thresholds USUAL = new Thresholds(2, 3, 3);

  public Thresholds {
    if (of < 1 || of > MOST || yes < 1 || yes > of || noInARow < 1 || noInARow > MOST) {
      throw new IllegalArgumentException("thresholds are out of range");
    }
  }
}
