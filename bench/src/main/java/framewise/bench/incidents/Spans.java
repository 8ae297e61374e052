package framewise.bench.incidents;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A condition that changes at times that a seed decides: false first, then true and false in turn.
 */
final class Spans {
  private final List<Integer> changes = new ArrayList<>();

  /**
   * @param least shortest span
   * @param most longest span
   * @param end changes come before it
   */
  Spans(Random random, int least, int most, int end) {
    int at = random.nextInt(least, most + 1);
    while (at < end) {
      changes.add(at);
      at += random.nextInt(least, most + 1);
    }
  }

  /** Whether it is true there. */
  boolean at(int number) {
    return changes.stream().filter(change -> change <= number).count() % 2 == 1;
  }

  /** Where it changes, in order; the first makes it true. */
  List<Integer> changes() {
    return List.copyOf(changes);
  }
}
