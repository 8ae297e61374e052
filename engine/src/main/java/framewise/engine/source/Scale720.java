package framewise.engine.source;

/** How much smaller a picture is made so that it is no larger than 720p, lying or standing. */
public final class Scale720 {
  private static final double LONG_SIDE = 1280;
  private static final double SHORT_SIDE = 720;

  private Scale720() {}

  /** Above 0 and at most 1; 1 leaves it as it is. */
  public static double of(int width, int height) {
    return Math.min(
        1, Math.min(LONG_SIDE / Math.max(width, height), SHORT_SIDE / Math.min(width, height)));
  }
}
