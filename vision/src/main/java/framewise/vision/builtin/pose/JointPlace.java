package framewise.vision.builtin.pose;

/**
 * The position of a joint.
 *
 * @param x pixels of the frame; may lie outside it
 * @param y pixels of the frame; may lie outside it
 * @param score confidence that the joint is visible there, 0 to 1
 */
public record JointPlace(double x, double y, double score) {
  double distance(JointPlace other) {
    return Math.hypot(x - other.x, y - other.y);
  }
}
