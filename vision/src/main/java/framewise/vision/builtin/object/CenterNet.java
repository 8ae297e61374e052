package framewise.vision.builtin.object;

import framewise.vision.builtin.model.ModelException;
import framewise.vision.builtin.model.NeuralNetwork;
import framewise.vision.builtin.model.Output;
import framewise.vision.builtin.model.Tensor;
import framewise.vision.builtin.picture.Picture;
import framewise.vision.builtin.picture.Rectangle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The network CenterNet (Zhou et al., 2019) on MobileNetV3: its input and output. Weaker alone than
 * NanoDet, but makes other mistakes. Thread-safe.
 */
final class CenterNet {
  /** Width and height of its input. */
  static final int SIDE = 512;

  /** Pixels per cell of the maps, each way. */
  private static final int STRIDE = 4;

  private static final int CELLS = SIDE / STRIDE;

  private static final int PLANE = CELLS * CELLS;

  /** Scores below are noise. */
  private static final float MIN_SCORE = 0.2f;

  private final NeuralNetwork network;

  CenterNet(NeuralNetwork network) {
    this.network = network;
  }

  /** Things in a picture of {@link #SIDE} by {@link #SIDE}, by descending confidence, each once. */
  List<Detection> find(Picture picture) throws ModelException {
    try (Tensor tensor = new Tensor(SIDE, SIDE)) {
      for (int channel = 0; channel < 3; channel++) {
        for (int y = 0; y < SIDE; y++) {
          for (int x = 0; x < SIDE; x++) {
            tensor.set(channel, x, y, picture.sample(x, y, 2 - channel));
          }
        }
      }
      List<Output> maps = List.copyOf(network.run(tensor).values());
      return NonMaximumSuppression.removed(candidates(maps.get(0).values(), maps.get(1).values()));
    }
  }

  /**
   * Each peak in a kind's map is the centre of a thing; the other map has the distances to its
   * sides.
   */
  private static List<Detection> candidates(float[] scores, float[] sides) {
    List<Detection> found = new ArrayList<>();
    ObjectKind[] kinds = ObjectKind.values();
    for (int map = 0; map < kinds.length * PLANE; map += PLANE) {
      ObjectKind kind = kinds[map / PLANE];
      for (int at = 0; at < PLANE; at++) {
        if (scores[map + at] >= MIN_SCORE && peak(scores, map, at)) {
          int x = at % CELLS * STRIDE;
          int y = at / CELLS * STRIDE;
          found.add(
              new Detection(
                  kind,
                  new Rectangle(
                          x - Math.max(0, sides[at]),
                          y - Math.max(0, sides[PLANE + at]),
                          x + Math.max(0, sides[2 * PLANE + at]),
                          y + Math.max(0, sides[3 * PLANE + at]))
                      .within(SIDE, SIDE),
                  scores[map + at]));
        }
      }
    }
    found.sort(Comparator.comparingDouble(Detection::score).reversed());
    return found;
  }

  private static boolean peak(float[] scores, int map, int at) {
    int x = at % CELLS;
    int y = at / CELLS;
    for (int b = Math.max(0, y - 1); b <= Math.min(CELLS - 1, y + 1); b++) {
      for (int a = Math.max(0, x - 1); a <= Math.min(CELLS - 1, x + 1); a++) {
        if (scores[map + b * CELLS + a] > scores[map + at]) {
          return false;
        }
      }
    }
    return true;
  }
}
