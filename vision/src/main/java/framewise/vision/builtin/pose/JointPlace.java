package framewise.vision.builtin.pose;

/**
 * Where a joint is.
 *
 * @param x pixels of the frame; may lie outside it
 * @param y pixels of the frame; may lie outside it
 * @param score how sure the network is that the joint is visible there, 0 to 1
 */
public record JointPlace(double x, double y, double score) {
  double distance(JointPlace other) {
    return Math.hypot(x - other.x, y - other.y);
  }
}
