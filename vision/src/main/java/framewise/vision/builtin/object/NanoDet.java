package framewise.vision.builtin.object;

import framewise.vision.builtin.model.ModelException;
import framewise.vision.builtin.model.NeuralNetwork;
import framewise.vision.builtin.model.Output;
import framewise.vision.builtin.model.Tensor;
import framewise.vision.builtin.picture.Picture;
import framewise.vision.builtin.picture.Rectangle;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The network NanoDet (RangiLyu, 2020) as it was trained: its input and output. Thread-safe. */
final class NanoDet {
  /** Width and height of its input. */
  static final int SIDE = 416;

  /** Blue, green, red. In any other order it finds fewer things. */
  private static final float[] MEAN = {103.53f, 116.28f, 123.675f};

  private static final float[] SPREAD = {57.375f, 57.12f, 58.395f};

  private static final int[] STRIDES = {8, 16, 32};

  /** Each side's distance is a distribution over 0 to 10 strides. */
  private static final int BINS = 11;

  /** Scores below are noise. */
  private static final double MIN_SCORE = 0.15;

  private final NeuralNetwork network;

  NanoDet(NeuralNetwork network) {
    this.network = network;
  }

  /** Things in a picture of {@link #SIDE} by {@link #SIDE}, by descending confidence, each once. */
  List<Detection> find(Picture picture) throws ModelException {
    try (Tensor tensor = new Tensor(SIDE, SIDE)) {
      for (int channel = 0; channel < 3; channel++) {
        for (int y = 0; y < SIDE; y++) {
          for (int x = 0; x < SIDE; x++) {
            int sample = picture.sample(x, y, channel);
            tensor.set(channel, x, y, (sample - MEAN[channel]) / SPREAD[channel]);
          }
        }
      }
      return NonMaximumSuppression.removed(candidates(network.run(tensor).values().iterator()));
    }
  }

  /** The outputs are a map of scores per stride, then a map of distances per stride. */
  private static List<Detection> candidates(Iterator<Output> outputs) {
    List<float[]> scores = new ArrayList<>();
    for (int i = 0; i < STRIDES.length; i++) {
      scores.add(outputs.next().values());
    }
    List<Detection> found = new ArrayList<>();
    for (int i = 0; i < STRIDES.length; i++) {
      float[] distances = outputs.next().values();
      ObjectKind[] kinds = ObjectKind.values();
      float[] likely = scores.get(i);
      for (int at = 0; at < likely.length; at++) {
        if (likely[at] >= MIN_SCORE) {
          int cell = at / kinds.length;
          found.add(
              new Detection(
                  kinds[at % kinds.length], place(distances, cell, STRIDES[i]), likely[at]));
        }
      }
    }
    return found;
  }

  private static Rectangle place(float[] distances, int cell, int stride) {
    int columns = SIDE / stride;
    int column = cell % columns;
    int line = cell / columns;
    double x = (column + 0.5) * stride - 0.5;
    double y = (line + 0.5) * stride - 0.5;
    int row = cell * 4 * BINS;
    return new Rectangle(
            x - stride * expected(distances, row),
            y - stride * expected(distances, row + BINS),
            x + stride * expected(distances, row + 2 * BINS),
            y + stride * expected(distances, row + 3 * BINS))
        .within(SIDE, SIDE);
  }

  /** The mean bin under softmax. */
  private static double expected(float[] logits, int from) {
    float highest = logits[from];
    for (int i = 1; i < BINS; i++) {
      highest = Math.max(highest, logits[from + i]);
    }
    double sum = 0;
    double weighted = 0;
    for (int i = 0; i < BINS; i++) {
      double weight = Math.exp(logits[from + i] - highest);
      sum += weight;
      weighted += weight * i;
    }
    return weighted / sum;
  }
}
