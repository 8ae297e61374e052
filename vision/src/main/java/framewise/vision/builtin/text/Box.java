package framewise.vision.builtin.text;

import java.util.List;

/**
 * A rectangle that may be rotated. Its width runs along {@code angle}, its height at a right angle
 * to that, clockwise in picture coordinates (y points down).
 *
 * @param centreX pixels
 * @param centreY pixels
 * @param width pixels, not negative
 * @param height pixels, not negative
 * @param angle radians, from -π/4 to π/4; beyond that only for a vertical line
 */
public record Box(double centreX, double centreY, double width, double height, double angle) {

  /**
   * The smallest rectangle around the given points: one of its sides lies on a side of their convex
   * hull (Freeman and Shapira, 1975).
   *
   * @param points at least one
   */
  static Box around(List<Point> points) {
    List<Point> hull = ConvexHull.of(points);
    Box best = along(hull, 0);
    for (int i = 0; i < hull.size(); i++) {
      Point from = hull.get(i);
      Point to = hull.get((i + 1) % hull.size());
      Box box = along(hull, Math.atan2(to.y() - from.y(), to.x() - from.x()));
      if (box.width * box.height < best.width * best.height) {
        best = box;
      }
    }
    return best;
  }

  private static Box along(List<Point> hull, double direction) {
    double cos = Math.cos(direction);
    double sin = Math.sin(direction);
    double minU = Double.POSITIVE_INFINITY;
    double maxU = Double.NEGATIVE_INFINITY;
    double minV = Double.POSITIVE_INFINITY;
    double maxV = Double.NEGATIVE_INFINITY;
    for (Point p : hull) {
      double u = p.x() * cos + p.y() * sin;
      double v = p.y() * cos - p.x() * sin;
      minU = Math.min(minU, u);
      maxU = Math.max(maxU, u);
      minV = Math.min(minV, v);
      maxV = Math.max(maxV, v);
    }
    double u = (minU + maxU) / 2;
    double v = (minV + maxV) / 2;
    return new Box(u * cos - v * sin, u * sin + v * cos, maxU - minU, maxV - minV, direction)
        .upright();
  }

  /** The same rectangle with its sides renamed so that the angle is at most π/4. */
  private Box upright() {
    double quarterTurns = Math.rint(angle / (Math.PI / 2));
    double rest = angle - quarterTurns * Math.PI / 2;
    return quarterTurns % 2 == 0
        ? new Box(centreX, centreY, width, height, rest)
        : new Box(centreX, centreY, /* width= */ height, /* height= */ width, rest);
  }

  /** A copy with every side moved outwards. */
  Box grown(double by) {
    return new Box(centreX, centreY, width + 2 * by, height + 2 * by, angle);
  }

  /** A copy scaled by these factors, which differ so little that it stays a rectangle. */
  Box scaled(double scaleX, double scaleY) {
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    return new Box(
        centreX * scaleX,
        centreY * scaleY,
        width * Math.hypot(cos * scaleX, sin * scaleY),
        height * Math.hypot(sin * scaleX, cos * scaleY),
        Math.atan2(sin * scaleY, cos * scaleX));
  }

  /**
   * The same rectangle with width and height exchanged.
   *
   * @param direction 1 for clockwise, -1 for counter-clockwise
   */
  Box turned(int direction) {
    return new Box(
        centreX,
        centreY,
        /* width= */ height,
        /* height= */ width,
        angle + direction * Math.PI / 2);
  }

  double shortSide() {
    return Math.min(width, height);
  }

  boolean contains(double x, double y) {
    double dx = x - centreX;
    double dy = y - centreY;
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    return Math.abs(dx * cos + dy * sin) <= width / 2
        && Math.abs(dy * cos - dx * sin) <= height / 2;
  }

  /** Half its extent along the x axis. */
  double reachX() {
    return (width * Math.abs(Math.cos(angle)) + height * Math.abs(Math.sin(angle))) / 2;
  }

  /** Half its extent along the y axis. */
  double reachY() {
    return (width * Math.abs(Math.sin(angle)) + height * Math.abs(Math.cos(angle))) / 2;
  }
}
