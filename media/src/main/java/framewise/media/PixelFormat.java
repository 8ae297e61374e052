package framewise.media;

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
  GRAY8
}
