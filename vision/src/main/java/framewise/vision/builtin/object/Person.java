package framewise.vision.builtin.object;

import framewise.vision.builtin.picture.Rectangle;
import framewise.vision.builtin.pose.Figure;
import java.util.Optional;

/**
 * A person detected in a picture.
 *
 * @param place in pixels of the frame
 * @param score confidence of the more certain network, 0 to 1
 * @param figure the pose; empty for people too small or too hidden
 */
public record Person(Rectangle place, double score, Optional<Figure> figure) {
  /** A copy without the figure. */
  public Detection detection() {
    return new Detection(ObjectKind.PERSON, place, score);
  }
}
