package framewise.vision.builtin.object;

import framewise.media.picture.Frame;
import framewise.vision.builtin.model.ModelException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The things in one frame. Each network runs once, when first needed. Used by one thread. */
public final class FrameDetections {
  private final ObjectDetector detector;
  private final Frame frame;
  private @Nullable List<Detection> nanoDet;
  private @Nullable List<Person> people;
  private @Nullable List<Detection> others;

  FrameDetections(ObjectDetector detector, Frame frame) {
    this.detector = detector;
    this.frame = frame;
  }

  /** All people, by descending confidence; places in pixels of the frame. */
  public List<Person> people() throws ModelException {
    if (people == null) {
      people = People.in(nanoDet(), detector.figures(frame));
    }
    return people;
  }

  /** Things of the given kinds, by descending confidence; places in pixels of the frame. */
  public List<Detection> things(Set<ObjectKind> kinds) throws ModelException {
    List<Detection> things = new ArrayList<>();
    if (kinds.contains(ObjectKind.PERSON)) {
      people().forEach(person -> things.add(person.detection()));
    }
    if (!EnumSet.of(ObjectKind.PERSON).containsAll(kinds)) {
      things.addAll(others());
    }
    return KindConflicts.settled(things).stream()
        .filter(thing -> kinds.contains(thing.kind()))
        .toList();
  }

  /** All kinds except people. */
  private List<Detection> others() throws ModelException {
    if (others == null) {
      List<Detection> first = nanoDet();
      List<Detection> second = detector.centerNet(frame);
      List<Detection> agreed = new ArrayList<>(DetectorConsensus.of(first, second));
      agreed.removeIf(d -> d.kind() == ObjectKind.PERSON || Vehicles.is(d.kind()));
      others = Vehicles.with(agreed, Vehicles.in(List.of(first, second)));
    }
    return others;
  }

  private List<Detection> nanoDet() throws ModelException {
    if (nanoDet == null) {
      nanoDet = detector.nanoDet(frame);
    }
    return nanoDet;
  }
}
