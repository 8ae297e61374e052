package framewise.vision.builtin;

import framewise.media.Frame;
import framewise.vision.builtin.model.ModelException;
import framewise.vision.builtin.text.Text;
import framewise.vision.builtin.text.TextReader;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What can be seen in one clip. Each skill runs when it is first asked for, once. Text is read in
 * the newest frame. Used by one thread.
 */
final class Sight {
  private final List<Frame> frames;
  private final TextReader reader;
  private final Map<String, Duration> timings = new LinkedHashMap<>();
  private @Nullable Text text;

  /**
   * @param frames oldest first, at least one
   */
  Sight(List<Frame> frames, TextReader reader) {
    this.frames = frames;
    this.reader = reader;
  }

  Text text() throws ModelException, InterruptedException {
    if (text == null) {
      long start = System.nanoTime();
      text = reader.read(frames.getLast());
      timings.put("ocr", Duration.ofNanos(System.nanoTime() - start));
    }
    return text;
  }

  Map<String, Duration> timings() {
    return timings;
  }
}
