package framewise.vision.builtin.text;

import framewise.vision.builtin.model.ModelException;
import framewise.vision.builtin.model.NeuralNetwork;
import framewise.vision.builtin.model.Output;
import framewise.vision.builtin.model.Tensor;
import framewise.vision.builtin.picture.Luma;
import framewise.vision.builtin.picture.Picture;
import java.util.List;

/** Reads one line of text with PP-OCRv4's recognizer. Thread-safe. */
final class TextRecognizer {
  /** Height of the lines that the network was trained on. */
  static final int HEIGHT = 48;

  private static final int MIN_WIDTH = 320;
  private static final int MAX_WIDTH = 2048;

  /** Rounds widths, because each width has its own plan in the runtime's memory. */
  private static final int WIDTH_MULTIPLE = 32;

  private final NeuralNetwork network;
  private final CtcDecoder decoder;

  TextRecognizer(NeuralNetwork network, CtcDecoder decoder) {
    this.network = network;
    this.decoder = decoder;
  }

  /** Reads the box along its width. */
  TextLine read(Picture picture, Box box) throws ModelException {
    int width =
        Math.clamp(Math.round(HEIGHT * box.width() / Math.max(1, box.height())), 8, MAX_WIDTH);
    int padded = (width + WIDTH_MULTIPLE - 1) / WIDTH_MULTIPLE * WIDTH_MULTIPLE;
    float[] luma = new float[width * HEIGHT];
    try (Tensor tensor = new Tensor(Math.max(MIN_WIDTH, padded), HEIGHT)) {
      new Crop(picture, box)
          .stretch(
              width,
              HEIGHT,
              (x, y, channel, value) -> {
                tensor.set(channel, x, y, value / 127.5f - 1);
                luma[y * width + x] += value * Luma.weight(channel);
              });
      Output steps = network.run(tensor).values().iterator().next();
      List<Letter> letters = decoder.decode(steps.values());
      double stepWidth = tensor.width() / (double) steps.length(1);
      String text = HalfWidth.of(new Spaces(luma, width).join(letters, stepWidth));
      return new TextLine(
          text, box, letters.stream().mapToDouble(Letter::confidence).average().orElse(0));
    }
  }
}
