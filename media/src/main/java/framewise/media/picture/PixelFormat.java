package framewise.media.picture;

import java.util.List;

/** The memory layout of a {@link Frame}'s pixels. Rows are not padded. */
public enum PixelFormat {
  /** One plane, three bytes per pixel: blue, green, red. Full range. */
  BGR24,
  /**
   * Three consecutive planes: luma at full size, then Cb and Cr at half width and half height, both
   * rounded up. Limited range, BT.601.
   */
  I420,
  /** One luma plane, one byte per pixel. Full range. */
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

  /** The planes of a picture of this size, in memory order. */
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
   * @param sampleBytes bytes per sample
   */
  record Plane(long offset, int width, int height, int sampleBytes) {
    int rowBytes() {
      return width * sampleBytes;
    }
  }
}
