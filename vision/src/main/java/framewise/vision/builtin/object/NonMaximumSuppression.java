package framewise.vision.builtin.object;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Non-maximum suppression within each kind. */
final class NonMaximumSuppression {
  /** Overlap above which the less certain of two things of one kind is a duplicate. */
  private static final double SAME_THING = 0.5;

  private NonMaximumSuppression() {}

  /** Keeps each thing once, by descending confidence. */
  static List<Detection> removed(List<Detection> found) {
    List<Detection> kept = new ArrayList<>();
    found.stream()
        .sorted(Comparator.comparingDouble(Detection::score).reversed())
        .filter(
            candidate ->
                kept.stream()
                    .noneMatch(
                        other ->
                            other.kind() == candidate.kind()
                                && other.place().overlap(candidate.place()) > SAME_THING))
        .forEach(kept::add);
    return kept;
  }
}
