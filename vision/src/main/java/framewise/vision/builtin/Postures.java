package framewise.vision.builtin;

import framewise.vision.builtin.model.ModelException;
import framewise.vision.builtin.object.Person;
import framewise.vision.builtin.pose.Figure;
import framewise.vision.builtin.prompt.Request.PersonTrait;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Describes people beyond their number: where they are, who stands, who raises a hand. Reports when
 * the joints do not show it.
 */
final class Postures {
  private Postures() {}

  static String describe(Set<PersonTrait> about, ClipContents sight)
      throws ModelException, InterruptedException {
    Optional<Side> side = Side.of(about);
    List<Person> people =
        side.isPresent()
            ? side.get().of(sight.people(), Person::place, sight.width())
            : sight.people();
    String where = side.map(Side::words).orElse("");
    if (people.isEmpty()) {
      return "No people detected" + where + ".";
    }
    List<String> parts = new ArrayList<>();
    if (about.contains(PersonTrait.STANDING)) {
      parts.add(
          part(people, Figure::stands, figure -> false, " standing", "whether the others stand"));
    }
    if (about.contains(PersonTrait.HAND_RAISED)) {
      parts.add(
          part(
              people,
              Figure::raisesHand,
              Figure::showsHands,
              " with a raised hand",
              "the others' hands"));
    }
    String count = count(people.size()) + where;
    return parts.isEmpty() ? count + "." : count + ": " + String.join("; ", parts) + ".";
  }

  /**
   * @param known those for whom it certainly does not hold
   */
  private static String part(
      List<Person> people,
      Predicate<Figure> holds,
      Predicate<Figure> known,
      String words,
      String unseen) {
    long yes = people.stream().filter(p -> p.figure().filter(holds).isPresent()).count();
    long certain =
        people.stream().filter(p -> p.figure().filter(holds.or(known)).isPresent()).count();
    String said = (yes == 0 ? "none" : String.valueOf(yes)) + words;
    if (certain == people.size()) {
      return said;
    }
    return yes == 0
        ? "none seen" + words + ", and the picture doesn't show it clearly"
        : said + ", can't see " + unseen;
  }

  private static String count(int people) {
    return people == 1 ? "1 person" : people + " people";
  }
}
