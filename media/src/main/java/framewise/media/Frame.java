package framewise.media;

import java.lang.foreign.MemorySegment;

/**
 * One upright picture of a video in pooled native memory. It is owned by whoever holds it last and
 * must be closed exactly once; a second {@link #close} does nothing. The pixels may be read by any
 * number of threads until then, and are never changed.
 */
public final class Frame implements AutoCloseable {
  /** When the picture is shown, on the video's clock. */
  public MediaTime time() {
    throw new UnsupportedOperationException();
  }

  public int width() {
    throw new UnsupportedOperationException();
  }

  public int height() {
    throw new UnsupportedOperationException();
  }

  public PixelFormat format() {
    throw new UnsupportedOperationException();
  }

  /** The pixels as {@link #format} lays them out, read-only; access after close throws. */
  public MemorySegment pixels() {
    throw new UnsupportedOperationException();
  }

  /**
   * A new frame of the same picture, stretched to the given size and converted. The caller closes
   * it; this frame stays as it is.
   */
  public Frame convert(int width, int height, PixelFormat format) {
    throw new UnsupportedOperationException();
  }

  /**
   * The picture as a baseline JPEG.
   *
   * @param quality 1 (smallest) to 100 (best)
   */
  public byte[] jpeg(int quality) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
