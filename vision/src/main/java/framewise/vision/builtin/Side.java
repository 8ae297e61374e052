package framewise.vision.builtin;

import framewise.vision.builtin.picture.Rectangle;
import framewise.vision.builtin.prompt.Request.PersonTrait;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A half of the picture. Things belong to the half that has their centre. */
enum Side {
  LEFT(" on the left"),
  RIGHT(" on the right");

  private final String words;

  Side(String words) {
    this.words = words;
  }

  /** The half that is asked about; empty for both or none. */
  static Optional<Side> of(Set<PersonTrait> about) {
    boolean left = about.contains(PersonTrait.LEFT);
    return left == about.contains(PersonTrait.RIGHT)
        ? Optional.empty()
        : Optional.of(left ? LEFT : RIGHT);
  }

  /** For the end of a sentence, with a space in front. */
  String words() {
    return words;
  }

  /**
   * Returns what has its centre in this half.
   *
   * @param place gives a thing's place, in pixels
   * @param width of the picture, in pixels
   */
  <T> List<T> of(List<T> things, Function<T, Rectangle> place, int width) {
    return things.stream()
        .filter(
            thing -> {
              Rectangle at = place.apply(thing);
              return ((at.left() + at.right()) / 2 < width / 2.0) == (this == LEFT);
            })
        .toList();
  }
}
