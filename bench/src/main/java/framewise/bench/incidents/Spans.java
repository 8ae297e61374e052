package framewise.bench.incidents;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A condition that changes at random positions: false first, then true and false in turn. The same
 * seed gives the same positions.
 */
final class Spans {
  private final List<Integer> changes = new ArrayList<>();

  /**
   * @param least shortest span
   * @param most longest span
   * @param end the position before which all changes come
   */
  Spans(Random random, int least, int most, int end) {
    int at = random.nextInt(least, most + 1);
    while (at < end) {
      changes.add(at);
      at += random.nextInt(least, most + 1);
    }
  }

  /** Whether the condition is true at a position. */
  boolean at(int number) {
    return changes.stream().filter(change -> change <= number).count() % 2 == 1;
  }

  /** The positions at which the condition changes, in order; the first change makes it true. */
  List<Integer> changes() {
    return List.copyOf(changes);
  }
}
