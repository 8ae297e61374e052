package framewise.vision.builtin;

import framewise.media.picture.Frame;
import framewise.time.Stopwatch;
import framewise.vision.DetectedContent;
import framewise.vision.builtin.model.ModelException;
import framewise.vision.builtin.object.Detection;
import framewise.vision.builtin.object.FrameDetections;
import framewise.vision.builtin.object.ObjectKind;
import framewise.vision.builtin.object.Person;
import framewise.vision.builtin.picture.Rectangle;
import framewise.vision.builtin.prompt.Things;
import framewise.vision.builtin.scene.Colour;
import framewise.vision.builtin.scene.MainColours;
import framewise.vision.builtin.scene.Motion;
import framewise.vision.builtin.text.Text;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The contents of one clip. Text, things and colours are those of the newest frame; motion is
 * between the first and the last. Each skill runs once, when first needed, and its duration is
 * recorded under its name in the API. Used by one thread.
 */
final class ClipContents {
  private final List<Frame> frames;
  private final Models models;
  private final Map<String, Duration> timings = new LinkedHashMap<>();
  private @Nullable Text text;
  private @Nullable FrameDetections now;
  private @Nullable FrameDetections before;
  private @Nullable List<Colour> colours;
  private @Nullable Motion motion;
  private boolean looked;

  /** The things that the answer mentions, each once. */
  private final Set<Detection> shown = new LinkedHashSet<>();

  /**
   * @param frames oldest first, at least one
   */
  ClipContents(List<Frame> frames, Models models) {
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

  /** Things of the given kinds, by descending confidence. */
  List<Detection> things(Set<ObjectKind> kinds) throws ModelException, InterruptedException {
    List<Detection> things = timed("detect", () -> now().things(kinds));
    shown.addAll(things);
    looked = true;
    return things;
  }

  /** Things of every kind, by descending confidence. */
  List<Detection> things() throws ModelException, InterruptedException {
    return things(Things.ALL.kinds());
  }

  /** All people, by descending confidence. */
  List<Person> people() throws ModelException, InterruptedException {
    List<Person> people = timed("detect", () -> now().people());
    people.forEach(person -> shown.add(person.detection()));
    looked = true;
    return people;
  }

  /** Things in the oldest frame. */
  List<Detection> thingsBefore() throws ModelException, InterruptedException {
    return timed("detect", () -> before().things(Things.ALL.kinds()));
  }

  private FrameDetections now() {
    if (now == null) {
      now = models.detector().in(frames.getLast());
    }
    return now;
  }

  private FrameDetections before() {
    if (before == null) {
      before = models.detector().in(frames.getFirst());
    }
    return before;
  }

  /** The colours, largest area first; may be empty. */
  List<Colour> colours() throws ModelException, InterruptedException {
    if (colours == null) {
      colours = timed("colours", () -> MainColours.of(frames.getLast()));
    }
    return colours;
  }

  /** The dominant colour in the middle of a place; empty when there is none. */
  Optional<Colour> colour(Rectangle place) throws ModelException, InterruptedException {
    return timed("colours", () -> MainColours.within(frames.getLast(), place));
  }

  /** The motion; empty for a clip of one frame. */
  Optional<Motion> motion() throws ModelException, InterruptedException {
    if (motion == null && frames.size() > 1) {
      motion = timed("motion", () -> Motion.between(frames));
    }
    return Optional.ofNullable(motion);
  }

  /** Everything looked for and found so far, with places. */
  DetectedContent seen() {
    return Places.seen(
        looked ? Optional.of(List.copyOf(shown)) : Optional.empty(),
        Optional.ofNullable(text),
        width(),
        height());
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
    Stopwatch watch = Stopwatch.start();
    T seen = step.run();
    timings.merge(stage, watch.elapsed(), Duration::plus);
    return seen;
  }
}
