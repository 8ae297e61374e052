package framewise.vision.builtin;

import framewise.vision.builtin.model.ModelException;
import framewise.vision.builtin.object.ObjectKind;
import framewise.vision.builtin.prompt.Things;
import framewise.vision.builtin.scene.Motion;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What moves where a vehicle was asked for and none was recognized. Straight from above a car looks
 * like nothing the networks were trained on, but it moves, in one piece and as large as a car would
 * be: that much is said, and no more.
 */
final class MovingShape {
  private static final Set<ObjectKind> VEHICLES =
      EnumSet.of(ObjectKind.CAR, ObjectKind.BUS, ObjectKind.TRUCK);

  /** Parts of the picture that change where a car is in view, of its place before and now. */
  private static final double LEAST = 0.02;

  private static final double MOST = 0.4;

  private MovingShape() {}

  /** A sentence with a space before it, or nothing. */
  static String told(List<Things> wanted, Sight sight) throws ModelException, InterruptedException {
    boolean vehicles = wanted.stream().anyMatch(t -> t.kinds().contains(ObjectKind.CAR));
    if (!vehicles || wanted.contains(Things.ALL)) {
      return "";
    }
    Optional<Motion> motion = sight.motion();
    boolean sized =
        motion
            .filter(m -> m.share() >= LEAST && m.share() <= MOST && m.where().isPresent())
            .isPresent();
    if (!sized || !sight.things(VEHICLES).isEmpty() || !sight.people().isEmpty()) {
      return "";
    }
    return " Something the size of a car moves " + motion.get().where().orElseThrow() + ".";
  }
}
