package framewise.vision.builtin.pose;

import framewise.vision.builtin.picture.Rectangle;
import java.util.List;

/**
 * One person with the joints of their body.
 *
 * @param place in pixels of the frame
 * @param score how sure the network is that a person is there, 0 to 1
 * @param joints one for each {@link Joint}, in its order
 */
public record Figure(Rectangle place, double score, List<JointPlace> joints) {
  public Figure {
    if (joints.size() != Joint.values().length) {
      throw new IllegalArgumentException(joints.size() + " joints");
    }
    joints = List.copyOf(joints);
  }

  @SuppressWarnings("EnumOrdinal") // the network's outputs come in the order of the joints
  public JointPlace joint(Joint joint) {
    return joints.get(joint.ordinal());
  }

  /** The mean score of all joints, 0 to 1: near 0 where nothing but a body's outline is there. */
  public double jointScore() {
    return joints.stream().mapToDouble(JointPlace::score).average().orElse(0);
  }

  /** Whether both are the same person: their joints lie in the same places. */
  boolean echoes(Figure other) {
    double size = Math.max(1, Math.sqrt(Math.max(place.area(), other.place.area())));
    double apart = 0;
    for (int i = 0; i < joints.size(); i++) {
      apart += joints.get(i).distance(other.joints.get(i));
    }
    return apart / joints.size() < SAME_BODY * size;
  }

  /** Mean distance of two echoes' joints, as a share of the body's size. */
  private static final double SAME_BODY = 0.08;
}
