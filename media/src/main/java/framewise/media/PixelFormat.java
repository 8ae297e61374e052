package framewise.media;

import java.util.List;

/** How the pixels of a {@link Frame} lie in memory. Rows are not padded. */
public enum PixelFormat {
  /** One plane, three bytes a pixel: blue, green, red. Full range. */
  BGR24,
  /**
   * Three planes one behind the other: luma at full size, then Cb and Cr at half width and half
   * height, both rounded up. Limited range, BT.601.
   */
  I420,
  /** One plane of luma, one byte a pixel. Full range. */
  GRAY8;

  /** How many bytes a picture of this size takes. */
  public long bytes(int width, int height) {
    long pixels = (long) width * height;
    return switch (this) {
      case BGR24 -> 3 * pixels;
      case I420 -> pixels + 2L * half(width) * half(height);
      case GRAY8 -> pixels;
    };
  }

  /** The planes of a picture of this size, in the order in which they lie in memory. */
  List<Plane> planes(int width, int height) {
    return switch (this) {
      case BGR24 -> List.of(new Plane(0, width, height, 3));
      case GRAY8 -> List.of(new Plane(0, width, height, 1));
      case I420 -> {
        long luma = (long) width * height;
        long chroma = (long) half(width) * half(height);
        yield List.of(
            new Plane(0, width, height, 1),
            new Plane(luma, half(width), half(height), 1),
            new Plane(luma + chroma, half(width), half(height), 1));
      }
    };
  }

  private static int half(int side) {
    return (side + 1) / 2;
  }

  /**
   * A rectangle of samples in memory.
   *
   * @param offset bytes from the picture's start
   * @param width samples in a row
   * @param height rows
   * @param sampleBytes bytes of a sample
   */
  record Plane(long offset, int width, int height, int sampleBytes) {
    int rowBytes() {
      return width * sampleBytes;
    }
  }
}
