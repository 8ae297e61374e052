package framewise.vision.builtin.object;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Chooses one kind for a thing that was detected as several: a bottle or a vase, a car or a bus.
 */
final class KindConflicts {
  /** Overlap from which two kinds are one thing; a rider and a horse overlap less. */
  private static final double SAME_THING = 0.7;

  /**
   * Scores closer than this are a tie, won by the kind that comes first in COCO's list: within each
   * group of similar things the list begins with the common ones.
   */
  private static final double MARGIN = 0.10;

  private KindConflicts() {}

  /** Each thing with one kind, by descending confidence. */
  static List<Detection> settled(List<Detection> things) {
    List<Detection> kept = new ArrayList<>(things);
    kept.removeIf(weaker -> things.stream().anyMatch(other -> beats(other, weaker)));
    kept.sort(Comparator.comparingDouble(Detection::score).reversed());
    return List.copyOf(kept);
  }

  private static boolean beats(Detection winner, Detection loser) {
    if (winner.equals(loser) || winner.place().overlap(loser.place()) <= SAME_THING) {
      return false;
    }
    double lead = winner.score() - loser.score();
    if (Math.abs(lead) > MARGIN || winner.kind() == loser.kind()) {
      return lead > 0;
    }
    return winner.kind().compareTo(loser.kind()) < 0;
  }
}
