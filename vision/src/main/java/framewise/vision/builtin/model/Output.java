package framewise.vision.builtin.model;

/** A network's output for one picture. */
public final class Output {
  private final float[] values;
  private final long[] shape;

  Output(float[] values, long[] shape) {
    this.values = values;
    this.shape = shape;
  }

  /** All values, the last dimension varying fastest. The caller owns the array. */
  public float[] values() {
    return values;
  }

  /** The size of a dimension, counted from 0; the first is the number of pictures, 1. */
  public int length(int dimension) {
    return Math.toIntExact(shape[dimension]);
  }
}
