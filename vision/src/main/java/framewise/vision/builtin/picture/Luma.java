package framewise.vision.builtin.picture;

/** The perceived brightness of a colour, after BT.601. */
public final class Luma {
  private static final float[] WEIGHTS = {0.114f, 0.587f, 0.299f};

  private Luma() {}

  /** The weight of a channel: 0 is blue, 1 green, 2 red. */
  public static float weight(int channel) {
    return WEIGHTS[channel];
  }
}
