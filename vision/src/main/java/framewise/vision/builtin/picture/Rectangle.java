package framewise.vision.builtin.picture;

/**
 * An axis-aligned rectangle in pixels of a frame.
 *
 * @param right greater than or equal to {@code left}
 * @param bottom greater than or equal to {@code top}
 */
public record Rectangle(double left, double top, double right, double bottom) {
  public double area() {
    return (right - left) * (bottom - top);
  }

  /** The area of the intersection. */
  public double shared(Rectangle other) {
    double width = Math.min(right, other.right) - Math.max(left, other.left);
    double height = Math.min(bottom, other.bottom) - Math.max(top, other.top);
    return Math.max(0, width) * Math.max(0, height);
  }

  /** Intersection over union, 0 to 1. */
  public double overlap(Rectangle other) {
    double shared = shared(other);
    return shared == 0 ? 0 : shared / (area() + other.area() - shared);
  }

  public Rectangle scaled(double x, double y) {
    return new Rectangle(left * x, top * y, right * x, bottom * y);
  }

  /** The part inside a picture of the given size. */
  public Rectangle within(double width, double height) {
    return new Rectangle(
        Math.clamp(left, 0, width),
        Math.clamp(top, 0, height),
        Math.clamp(right, 0, width),
        Math.clamp(bottom, 0, height));
  }
}
