package framewise.vision.builtin.model;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * A network's input picture: three planes of floats in native memory, {@code [1, 3, height,
 * width]}. Filled and run by one thread, freed on close.
 */
public final class Tensor implements AutoCloseable {
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment floats;
  private final int width;
  private final int height;

  /** Creates a tensor of zeros. */
  public Tensor(int width, int height) {
    this.width = width;
    this.height = height;
    this.floats = arena.allocate(ValueLayout.JAVA_FLOAT, 3L * width * height);
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  public void set(int plane, int x, int y, float value) {
    floats.setAtIndex(ValueLayout.JAVA_FLOAT, ((long) plane * height + y) * width + x, value);
  }

  long[] shape() {
    return new long[] {1, 3, height, width};
  }

  FloatBuffer buffer() {
    return floats.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  @Override
  public void close() {
    arena.close();
  }
}
