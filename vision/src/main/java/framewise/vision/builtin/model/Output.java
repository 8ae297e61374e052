package framewise.vision.builtin.model;

/** What a network gave for one picture. */
public final class Output {
  private final float[] values;
  private final long[] shape;

  Output(float[] values, long[] shape) {
    this.values = values;
    this.shape = shape;
  }

  /** All of them, the last dimension running fastest. The caller's own. */
  public float[] values() {
    return values;
  }

  /** How long a dimension is, counted from 0; the first is that of pictures and 1. */
  public int length(int dimension) {
    return Math.toIntExact(shape[dimension]);
  }
}
