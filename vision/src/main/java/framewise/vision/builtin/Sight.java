package framewise.vision.builtin;

import framewise.media.Frame;
import framewise.vision.builtin.model.ModelException;
import framewise.vision.builtin.object.Detection;
import framewise.vision.builtin.scene.Colour;
import framewise.vision.builtin.scene.Colours;
import framewise.vision.builtin.scene.Motion;
import framewise.vision.builtin.text.Text;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What can be seen in one clip. Text, things and colours are those of the newest frame; motion is
 * between the first and the last. Each skill runs when it is first asked for, once, and its time is
 * kept under its name in the API. Used by one thread.
 */
final class Sight {
  private final List<Frame> frames;
  private final Models models;
  private final Map<String, Duration> timings = new LinkedHashMap<>();
  private @Nullable Text text;
  private @Nullable List<Detection> things;
  private @Nullable List<Detection> thingsBefore;
  private @Nullable List<Colour> colours;
  private @Nullable Motion motion;

  /**
   * @param frames oldest first, at least one
   */
  Sight(List<Frame> frames, Models models) {
    this.frames = frames;
    this.models = models;
  }

  int width() {
    return frames.getLast().width();
  }

  int height() {
    return frames.getLast().height();
  }

  Text text() throws ModelException, InterruptedException {
    if (text == null) {
      text = timed("ocr", () -> models.reader().read(frames.getLast()));
    }
    return text;
  }

  /** The surest first. */
  List<Detection> things() throws ModelException, InterruptedException {
    if (things == null) {
      things = timed("detect", () -> models.detector().find(frames.getLast()));
    }
    return things;
  }

  /** Those of the oldest frame. */
  List<Detection> thingsBefore() throws ModelException, InterruptedException {
    if (thingsBefore == null) {
      thingsBefore = timed("detect", () -> models.detector().find(frames.getFirst()));
    }
    return thingsBefore;
  }

  /** The largest first; may be none. */
  List<Colour> colours() throws ModelException, InterruptedException {
    if (colours == null) {
      colours = timed("colours", () -> Colours.of(frames.getLast()));
    }
    return colours;
  }

  /** Empty for a clip of one frame. */
  Optional<Motion> motion() throws ModelException, InterruptedException {
    if (motion == null && frames.size() > 1) {
      motion = timed("motion", () -> Motion.between(frames));
    }
    return Optional.ofNullable(motion);
  }

  Map<String, Duration> timings() {
    return timings;
  }

  private interface Step<T> {
    T run() throws ModelException, InterruptedException;
  }

  private <T> T timed(String stage, Step<T> step) throws ModelException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    long start = System.nanoTime();
    T seen = step.run();
    timings.merge(stage, Duration.ofNanos(System.nanoTime() - start), Duration::plus);
    return seen;
  }
}
