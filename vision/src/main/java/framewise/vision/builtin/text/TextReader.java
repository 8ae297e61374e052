package framewise.vision.builtin.text;

import framewise.media.picture.Frame;
import framewise.vision.builtin.model.ModelException;
import framewise.vision.builtin.model.NeuralNetwork;
import framewise.vision.builtin.picture.Picture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text in a picture with PP-OCRv4: printed English and Chinese, digits, and of other
 * Latin letters only é è à ì ò ù ü ä and similar ones. Thread-safe.
 */
public final class TextReader {
  /**
   * Each new line costs 45 to 90 ms, so more would make one answer too slow. Lines read before are
   * free, so the next clip continues.
   */
  static final int MAX_LINES = 32;

  /** Lines with less confidence are more often wrong than right. */
  private static final double MIN_CONFIDENCE = 0.5;

  /** Ratio of sides from which a box shows the direction of its line. */
  private static final double CLEAR_RATIO = 1.5;

  private static final String KEYS = "/models/ppocr_keys_v1.txt";

  private final NeuralNetwork finding =
      new NeuralNetwork(
          "/models/ch_PP-OCRv4_det_infer.onnx",
          "d2a7720d45a54257208b1e13e36a8479894cb74155a5efe29462512d42f49da9");
  private final NeuralNetwork recognizing =
      new NeuralNetwork(
          "/models/ch_PP-OCRv4_rec_infer.onnx",
          "01963c554a1a00203c5746bca5306fc05a1278a014495383ddd935d0d2ac0415");
  private final TextFinder finder = new TextFinder(finding);
  private final LineMemory memory = new LineMemory();
  private final AtomicLong recognized = new AtomicLong();
  private @Nullable TextRecognizer recognizer;

  /** Loads both networks, once. */
  public void load() throws ModelException {
    finding.load();
    recognizing.load();
    recognizer();
  }

  /**
   * Reads a frame's text, in reading order.
   *
   * @throws InterruptedException when the thread was interrupted between two lines
   */
  public Text read(Frame frame) throws ModelException, InterruptedException {
    List<Box> boxes =
        finder.find(frame).stream()
            .sorted(Comparator.comparingDouble(Box::shortSide).reversed())
            .toList();
    if (boxes.isEmpty()) {
      return Text.NONE;
    }
    boolean upDown = mostRunUpOrDown(boxes);
    Picture picture = Picture.of(frame);
    List<TextLine> lines = new ArrayList<>();
    int read = 0;
    int unread = 0;
    for (Box box : boxes) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      Optional<TextLine> line = memory.recall(picture, box);
      if (line.isEmpty() && read < MAX_LINES) {
        line = Optional.of(read(picture, box, upDown));
        memory.keep(picture, box, line.get());
        read++;
      }
      if (line.isEmpty()) {
        unread++;
      }
      line.filter(known -> known.confidence() >= MIN_CONFIDENCE).ifPresent(lines::add);
    }
    recognized.addAndGet(read);
    return new Text(ReadingOrder.rows(TextEvidence.believable(lines)), unread);
  }

  /** Why a network failed to load, after an attempt. */
  public Optional<String> failure() {
    return finding.failure().or(recognizing::failure);
  }

  /** How often either network was loaded. */
  public int loads() {
    return finding.loads() + recognizing.loads();
  }

  /** Lines read by the recognizer since the start. */
  long recognized() {
    return recognized.get();
  }

  /**
   * Whether most lines are vertical; the nearly square box of a short word follows the longer ones.
   */
  private static boolean mostRunUpOrDown(List<Box> boxes) {
    double across = 0;
    double upDown = 0;
    for (Box box : boxes) {
      if (box.width() > CLEAR_RATIO * box.height()) {
        across += box.width();
      } else if (box.height() > CLEAR_RATIO * box.width()) {
        upDown += box.height();
      }
    }
    return upDown > across;
  }

  private TextLine read(Picture picture, Box box, boolean squareRunsUpOrDown)
      throws ModelException {
    double ratio = squareRunsUpOrDown ? 1 / CLEAR_RATIO : CLEAR_RATIO;
    if (box.height() < ratio * box.width()) {
      return recognizer().read(picture, box);
    }
    TextLine down = recognizer().read(picture, box.turned(1));
    TextLine up = recognizer().read(picture, box.turned(-1));
    return down.confidence() > up.confidence() ? down : up;
  }

  private synchronized TextRecognizer recognizer() throws ModelException {
    if (recognizer == null) {
      recognizer = new TextRecognizer(recognizing, new CtcDecoder(keys()));
    }
    return recognizer;
  }

  private static List<String> keys() throws ModelException {
    try (InputStream in = TextReader.class.getResourceAsStream(KEYS)) {
      if (in == null) {
        throw new ModelException(KEYS + " is missing from this build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new ModelException(KEYS + " could not be read: " + e.getMessage(), e);
    }
  }
}
