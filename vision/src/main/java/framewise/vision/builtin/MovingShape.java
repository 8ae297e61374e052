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
 * Reports movement when a prompt asks for a vehicle and none was recognised. Seen straight from
 * above, a car resembles nothing that the networks were trained on, but it moves in one piece of a
 * car's size. The answer says that much and no more.
 */
final class MovingShape {
  private static final Set<ObjectKind> VEHICLES =
      EnumSet.of(ObjectKind.CAR, ObjectKind.BUS, ObjectKind.TRUCK);

  /** Smallest changed part of the picture when a car is in view, counting its old and new place. */
  private static final double MIN_CHANGED_SHARE = 0.02;

  private static final double MAX_CHANGED_SHARE = 0.4;

  private MovingShape() {}

  /** A sentence with a leading space, or nothing. */
  static String describe(List<Things> wanted, ClipContents sight)
      throws ModelException, InterruptedException {
    boolean vehicles = wanted.stream().anyMatch(t -> t.kinds().contains(ObjectKind.CAR));
    if (!vehicles || wanted.contains(Things.ALL)) {
      return "";
    }
    Optional<Motion> motion = sight.motion();
    boolean sized =
        motion
            .filter(
                m ->
                    m.share() >= MIN_CHANGED_SHARE
                        && m.share() <= MAX_CHANGED_SHARE
                        && m.where().isPresent())
            .isPresent();
    if (!sized || !sight.things(VEHICLES).isEmpty() || !sight.people().isEmpty()) {
      return "";
    }
    return " Something the size of a car moves " + motion.get().where().orElseThrow() + ".";
  }
}
