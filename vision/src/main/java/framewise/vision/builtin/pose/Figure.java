package framewise.vision.builtin.pose;

import framewise.vision.builtin.picture.Rectangle;
import java.util.List;

/**
 * A person's pose: the joints of the body.
 *
 * @param place in pixels of the frame
 * @param score the network's confidence in the person, 0 to 1
 * @param joints one per {@link Joint}, in its order
 */
public record Figure(Rectangle place, double score, List<JointPlace> joints) {
  private static final List<Joint> ORDER = List.of(Joint.values());

  /** Mean distance of two duplicates' joints, as a share of the body's size. */
  private static final double SAME_BODY = 0.08;

  /** Minimum scores of a visible joint, and of one that answers rely on. */
  private static final double SEEN = 0.3;

  private static final double SEEN_WELL = 0.42;

  /** Minimum distance of a standing person's knees below the hips, as a share of the torso. */
  private static final double UPRIGHT = 0.45;

  public Figure {
    if (joints.size() != Joint.values().length) {
      throw new IllegalArgumentException(joints.size() + " joints");
    }
    joints = List.copyOf(joints);
  }

  public JointPlace joint(Joint joint) {
    return joints.get(ORDER.indexOf(joint));
  }

  /** The mean score of all joints, 0 to 1; near 0 when only a body's outline is visible. */
  public double jointScore() {
    return joints.stream().mapToDouble(JointPlace::score).average().orElse(0);
  }

  /**
   * Whether the person stands: the knees are visible well below the hips. False when unknown, as
   * for people who sit behind a table or are cut off by the edge. On 22 standing people the surer
   * knee scored 0.46 to 0.90, on four sitting ones at most 0.38.
   */
  public boolean stands() {
    double torso =
        lower(Joint.LEFT_HIP, Joint.RIGHT_HIP) - lower(Joint.LEFT_SHOULDER, Joint.RIGHT_SHOULDER);
    return torso > 0
        && (thigh(Joint.LEFT_HIP, Joint.LEFT_KNEE) > UPRIGHT * torso
            || thigh(Joint.RIGHT_HIP, Joint.RIGHT_KNEE) > UPRIGHT * torso);
  }

  /** Whether a hand is visible above the face. */
  public boolean raisesHand() {
    JointPlace nose = joint(Joint.NOSE);
    return nose.score() >= SEEN
        && (higher(joint(Joint.LEFT_WRIST), nose) || higher(joint(Joint.RIGHT_WRIST), nose));
  }

  /** Whether hands and face are visible enough to say that no hand is raised. */
  public boolean showsHands() {
    return joint(Joint.NOSE).score() >= SEEN
        && joint(Joint.LEFT_WRIST).score() >= SEEN
        && joint(Joint.RIGHT_WRIST).score() >= SEEN;
  }

  private static boolean higher(JointPlace wrist, JointPlace nose) {
    return wrist.score() >= SEEN_WELL && wrist.y() < nose.y();
  }

  /** How far the knee is below the hip, in pixels; 0 when not clearly visible. */
  private double thigh(Joint hip, Joint knee) {
    boolean seen = joint(hip).score() >= SEEN_WELL && joint(knee).score() >= SEEN_WELL;
    return seen ? joint(knee).y() - joint(hip).y() : 0;
  }

  private double lower(Joint left, Joint right) {
    return Math.max(joint(left).y(), joint(right).y());
  }

  /** Whether both are the same person: their joints coincide. */
  boolean echoes(Figure other) {
    double size = Math.max(1, Math.sqrt(Math.max(place.area(), other.place.area())));
    double apart = 0;
    for (int i = 0; i < joints.size(); i++) {
      apart += joints.get(i).distance(other.joints.get(i));
    }
    return apart / joints.size() < SAME_BODY * size;
  }
}
