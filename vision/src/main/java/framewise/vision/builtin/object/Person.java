package framewise.vision.builtin.object;

import framewise.vision.builtin.picture.Rectangle;
import framewise.vision.builtin.pose.Figure;
import java.util.Optional;

/**
 * Someone in a picture.
 *
 * @param place in pixels of the frame
 * @param score how sure the surer network is, 0 to 1
 * @param figure how they hold themselves; empty for people too small or too hidden to tell
 */
public record Person(Rectangle place, double score, Optional<Figure> figure) {
  /** The same without the figure. */
  public Detection detection() {
    return new Detection(ObjectKind.PERSON, place, score);
  }
}
