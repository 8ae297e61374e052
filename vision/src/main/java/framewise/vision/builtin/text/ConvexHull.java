package framewise.vision.builtin.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The corners of the convex hull of some points (Andrew's monotone chain, 1979). */
final class ConvexHull {
  private ConvexHull() {}

  /** The corners in order around the hull; the first is not repeated. */
  static List<Point> of(List<Point> points) {
    List<Point> sorted =
        points.stream()
            .distinct()
            .sorted(Comparator.comparingDouble(Point::x).thenComparingDouble(Point::y))
            .toList();
    if (sorted.size() < 3) {
      return sorted;
    }
    List<Point> hull = chain(sorted);
    List<Point> back = chain(sorted.reversed());
    hull.removeLast();
    back.removeLast();
    hull.addAll(back);
    return hull;
  }

  private static List<Point> chain(List<Point> sorted) {
    List<Point> chain = new ArrayList<>();
    for (Point p : sorted) {
      while (chain.size() > 1 && chain.get(chain.size() - 2).turn(chain.getLast(), p) <= 0) {
        chain.removeLast();
      }
      chain.add(p);
    }
    return chain;
  }
}
