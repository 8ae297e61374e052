package framewise.vision.builtin.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What two networks make believable together. On a car park without a thing NanoDet alone saw a
 * kite in 22 of 26 frames, at up to 0.55, and CenterNet none; a bottle or a chair that is there is
 * in both, mostly at 0.4 to 0.7.
 */
final class Agreement {
  /** Enough for NanoDet alone; it gave things that are not there at most 0.59. */
  private static final double ALONE = 0.65;

  /** Enough for both scores together. */
  private static final double SUM = 0.80;

  /** Less from either is no agreement. */
  private static final double EACH = 0.25;

  /** Both mean the same thing when their places overlap this much. */
  private static final double SAME_THING = 0.4;

  private Agreement() {}

  /** What is there by both; places and kinds are the first one's. */
  static List<Detection> of(List<Detection> nanoDet, List<Detection> centerNet) {
    List<Detection> unmatched = new ArrayList<>(centerNet);
    List<Detection> things = new ArrayList<>();
    for (Detection seen : nanoDet) {
      Optional<Detection> again =
          unmatched.stream()
              .filter(
                  other ->
                      other.kind() == seen.kind()
                          && other.place().overlap(seen.place()) > SAME_THING)
              .findFirst();
      double second = again.map(Detection::score).orElse(0.0);
      boolean both = seen.score() >= EACH && second >= EACH && seen.score() + second >= SUM;
      if (both || seen.score() >= ALONE) {
        again.ifPresent(unmatched::remove);
        things.add(new Detection(seen.kind(), seen.place(), Math.max(seen.score(), second)));
      }
    }
    return things;
  }
}
