package framewise.vision.builtin.text;

import framewise.media.picture.Frame;
import framewise.vision.builtin.model.ModelException;
import framewise.vision.builtin.model.NeuralNetwork;
import framewise.vision.builtin.model.Output;
import framewise.vision.builtin.model.Tensor;
import framewise.vision.builtin.picture.Picture;
import java.util.List;

/** Finds text with PP-OCRv4's detector. Thread-safe. */
final class TextFinder {
  /** Smaller pictures are enlarged to this size, so that small print is found. */
  private static final int MIN_LONGEST_SIDE = 736;

  /** Larger pictures cost more and reveal no more. */
  private static final int MAX_LONGEST_SIDE = 960;

  /** The network halves its input five times. */
  private static final int MULTIPLE = 32;

  /** ImageNet's mean and deviation, blue, green, red, in the order of PP-OCR's training. */
  private static final float[] MEAN = {0.485f, 0.456f, 0.406f};

  private static final float[] SPREAD = {0.229f, 0.224f, 0.225f};

  private final NeuralNetwork network;

  TextFinder(NeuralNetwork network) {
    this.network = network;
  }

  /** The boxes of text, in pixels of the frame. */
  List<Box> find(Frame frame) throws ModelException {
    int longest = Math.max(frame.width(), frame.height());
    double scale = Math.clamp(longest, MIN_LONGEST_SIDE, MAX_LONGEST_SIDE) / (double) longest;
    int width = side(frame.width() * scale);
    int height = side(frame.height() * scale);
    double scaleX = frame.width() / (double) width;
    double scaleY = frame.height() / (double) height;
    return map(Picture.of(frame, width, height)).boxes().stream()
        .map(box -> box.scaled(scaleX, scaleY))
        .toList();
  }

  private TextMap map(Picture picture) throws ModelException {
    try (Tensor tensor = new Tensor(picture.width(), picture.height())) {
      for (int channel = 0; channel < 3; channel++) {
        float factor = 1 / (255 * SPREAD[channel]);
        float shift = MEAN[channel] / SPREAD[channel];
        for (int y = 0; y < picture.height(); y++) {
          for (int x = 0; x < picture.width(); x++) {
            tensor.set(channel, x, y, picture.sample(x, y, channel) * factor - shift);
          }
        }
      }
      Output map = network.run(tensor).values().iterator().next();
      return new TextMap(map.values(), picture.width(), picture.height());
    }
  }

  private static int side(double pixels) {
    return Math.max(MULTIPLE, (int) Math.round(pixels / MULTIPLE) * MULTIPLE);
  }
}
