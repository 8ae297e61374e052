package framewise.vision.builtin.text;

/** A place in a picture, in pixels. */
record Point(double x, double y) {
  /** Positive when {@code b} lies clockwise of {@code a}, both seen from here. */
  double turn(Point a, Point b) {
    return (a.x - x) * (b.y - y) - (a.y - y) * (b.x - x);
  }
}
