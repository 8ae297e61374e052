package framewise.vision.builtin.pose;

import framewise.media.picture.Frame;
import framewise.vision.builtin.model.ModelException;
import framewise.vision.builtin.model.NeuralNetwork;
import framewise.vision.builtin.model.Output;
import framewise.vision.builtin.model.Tensor;
import framewise.vision.builtin.picture.Letterbox;
import framewise.vision.builtin.picture.Picture;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds people with their joints, with MoveNet multipose (Google, 2021). Keeps the frame's aspect
 * ratio. Its scores alone are unreliable: a picture without people reaches 0.7, but with hardly any
 * visible joint; see {@link Figure#jointScore}. It misses most people smaller than a tenth of the
 * picture's height. Thread-safe.
 */
public final class PoseFinder {
  /** Pixels on the longer side: 256 misses small people, and more costs more. */
  private static final int LONG_SIDE = 384;

  /** The network halves its input five times. */
  private static final int MULTIPLE = 32;

  private final NeuralNetwork network =
      new NeuralNetwork(
          "/models/movenet-multipose.onnx",
          "da8136b658b954946b763670c91a94f072e7b2ae4e8f0c9d8fc77c11979f3f1c");

  /** Loads the network, once. */
  public void load() throws ModelException {
    network.load();
  }

  /** Why its network failed to load, after an attempt. */
  public Optional<String> failure() {
    return network.failure();
  }

  /** How often its network was loaded: 0 or 1. */
  public int loads() {
    return network.loads();
  }

  /** All possible people, by descending confidence, each once; places in pixels of the frame. */
  public List<Figure> find(Frame frame) throws ModelException {
    double scale = LONG_SIDE / (double) Math.max(frame.width(), frame.height());
    Letterbox letterbox =
        new Letterbox(
            frame.width(),
            frame.height(),
            side(frame.width() * scale),
            side(frame.height() * scale));
    Picture picture = letterbox.fit(frame);
    try (Tensor tensor = new Tensor(picture.width(), picture.height())) {
      for (int channel = 0; channel < 3; channel++) {
        for (int y = 0; y < picture.height(); y++) {
          for (int x = 0; x < picture.width(); x++) {
            tensor.set(channel, x, y, picture.sample(x, y, 2 - channel));
          }
        }
      }
      List<Output> maps = List.copyOf(network.run(tensor).values());
      List<Figure> figures = new ArrayList<>(new PoseMaps(maps, letterbox).figures());
      figures.sort(Comparator.comparingDouble(Figure::score).reversed());
      return once(figures);
    }
  }

  private static List<Figure> once(List<Figure> figures) {
    List<Figure> kept = new ArrayList<>();
    for (Figure figure : figures) {
      if (kept.stream().noneMatch(figure::echoes)) {
        kept.add(figure);
      }
    }
    return List.copyOf(kept);
  }

  private static int side(double pixels) {
    return Math.max(MULTIPLE, (int) Math.round(pixels / MULTIPLE) * MULTIPLE);
  }
}
