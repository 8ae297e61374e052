package framewise.engine.watch;

/**
 * Numbers of answers that open and end an incident. Unknown answers count for neither.
 *
 * @param yes number of answers, out of the last {@code of}, that must meet the condition; 1 to
 *     {@code of}
 * @param of 1 to {@link #MAX_COUNT}
 * @param noInARow number of answers in a row that don't meet it, 1 to {@link #MAX_COUNT}
 */
public record Thresholds(int yes, int of, int noInARow) {
  public static final int MAX_COUNT = 20;

  /** Two out of three open an incident, three in a row end it. */
  public static final Thresholds DEFAULT = new Thresholds(2, 3, 3);

  public Thresholds {
    if (of < 1 || of > MAX_COUNT || yes < 1 || yes > of || noInARow < 1 || noInARow > MAX_COUNT) {
      throw new IllegalArgumentException("thresholds are out of range");
    }
  }
}
