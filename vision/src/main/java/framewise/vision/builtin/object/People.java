package framewise.vision.builtin.object;

import framewise.vision.builtin.picture.Rectangle;
import framewise.vision.builtin.pose.Figure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Detects people with two networks that make different mistakes: NanoDet finds small and hidden
 * people, and sometimes mistakes machines for people; MoveNet finds larger people by their joints,
 * even cut off by an edge or seated behind a table, and gives bottles a nose and knees. NanoDet may
 * decide alone; MoveNet needs a hint from NanoDet.
 *
 * <p>Scores on 60 frames with people and 110 without, most of them unseen when the thresholds were
 * chosen: NanoDet gave people in full view 0.50 to 0.92, and non-people at most 0.40. MoveNet gave
 * people of a fifth of the height or more 0.54 to 0.99 with joints of 0.35 and more; where it gave
 * as much to a bottle, NanoDet gave it less than 0.15.
 */
final class People {
  /** Enough for NanoDet alone. */
  private static final double SURE_BOX = 0.50;

  /** Enough for MoveNet alone, with visible joints. */
  private static final double SURE_FIGURE = 0.50;

  private static final double SURE_JOINTS = 0.32;

  /** Minimum from NanoDet when MoveNet is sure. */
  private static final double NOTICED_BOX = 0.15;

  /** Enough when both agree. */
  private static final double LIKELY_BOX = 0.30;

  private static final double LIKELY_FIGURE = 0.30;
  private static final double LIKELY_JOINTS = 0.20;

  /** Overlap from which both mean the same person. */
  private static final double SAME_PERSON = 0.3;

  /**
   * Alternatively, the share of the smaller place inside the larger: a person whose legs are
   * hidden.
   */
  private static final double WITHIN = 0.75;

  private People() {}

  /**
   * @param worth overlap weighted by NanoDet's score, so that its faint duplicates pair last
   */
  private record Pair(Detection box, Figure figure, double worth) {}

  /** Each person once, by descending confidence. */
  static List<Person> in(List<Detection> found, List<Figure> figures) {
    List<Detection> boxes =
        new ArrayList<>(found.stream().filter(d -> d.kind() == ObjectKind.PERSON).toList());
    List<Figure> alone = new ArrayList<>(figures);
    List<Person> people = new ArrayList<>();
    for (Pair pair : pairs(boxes, figures)) {
      if (boxes.contains(pair.box) && alone.contains(pair.figure) && believable(pair)) {
        boxes.remove(pair.box);
        alone.remove(pair.figure);
        people.add(person(pair));
      }
    }
    boxes.stream()
        .filter(box -> box.score() >= SURE_BOX)
        .forEach(box -> people.add(new Person(box.place(), box.score(), Optional.empty())));
    people.sort(Comparator.comparingDouble(Person::score).reversed());
    return List.copyOf(people);
  }

  /** All pairs that may be the same person, the best first. */
  private static List<Pair> pairs(List<Detection> boxes, List<Figure> figures) {
    List<Pair> pairs = new ArrayList<>();
    for (Detection box : boxes) {
      for (Figure figure : figures) {
        if (box.score() >= NOTICED_BOX && same(box.place(), figure.place())) {
          double worth = box.score() * box.place().overlap(figure.place());
          pairs.add(new Pair(box, figure, worth));
        }
      }
    }
    pairs.sort(Comparator.comparingDouble(Pair::worth).reversed());
    return pairs;
  }

  private static boolean same(Rectangle box, Rectangle figure) {
    double smaller = Math.min(box.area(), figure.area());
    return box.overlap(figure) > SAME_PERSON
        || (smaller > 0 && box.shared(figure) > WITHIN * smaller);
  }

  private static boolean believable(Pair pair) {
    Figure figure = pair.figure;
    return pair.box.score() >= SURE_BOX
        || (figure.score() >= SURE_FIGURE && figure.jointScore() >= SURE_JOINTS)
        || (pair.box.score() >= LIKELY_BOX
            && figure.score() >= LIKELY_FIGURE
            && figure.jointScore() >= LIKELY_JOINTS);
  }

  private static Person person(Pair pair) {
    boolean boxIsSurer = pair.box.score() >= pair.figure.score();
    return new Person(
        boxIsSurer ? pair.box.place() : pair.figure.place(),
        Math.max(pair.box.score(), pair.figure.score()),
        Optional.of(pair.figure));
  }
}
