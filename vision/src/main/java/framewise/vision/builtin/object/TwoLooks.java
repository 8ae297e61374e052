package framewise.vision.builtin.object;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What two looks at one picture, the second in a mirror, make believable. Tuned on 20 photos, where
 * the count came out right in 18; on six other, crowded ones it did in three.
 */
final class TwoLooks {
  /** Enough when both looks agree. */
  private static final double BOTH = 0.40;

  /** Enough for one look alone. */
  private static final double ALONE = 0.55;

  /** Both looks mean the same thing when their places overlap this much. */
  private static final double SAME_THING = 0.5;

  private TwoLooks() {}

  static List<Detection> agreed(List<Detection> plain, List<Detection> mirrored) {
    List<Detection> unmatched = new ArrayList<>(mirrored);
    List<Detection> things = new ArrayList<>();
    for (Detection seen : plain) {
      Optional<Detection> again = seen.score() < BOTH ? Optional.empty() : match(seen, unmatched);
      if (again.isPresent()) {
        unmatched.remove(again.get());
        things.add(
            new Detection(
                seen.kind(),
                seen.place().mean(again.get().place()),
                Math.max(seen.score(), again.get().score())));
      } else if (seen.score() >= ALONE) {
        things.add(seen);
      }
    }
    unmatched.stream().filter(seen -> seen.score() >= ALONE).forEach(things::add);
    return things;
  }

  private static Optional<Detection> match(Detection seen, List<Detection> others) {
    return others.stream()
        .filter(other -> other.kind() == seen.kind() && other.score() >= BOTH)
        .filter(other -> other.place().overlap(seen.place()) > SAME_THING)
        .max(Comparator.comparingDouble(other -> other.place().overlap(seen.place())));
  }
}
