package framewise.vision.builtin.object;

import framewise.vision.builtin.picture.Rectangle;

/**
 * A thing detected in a picture.
 *
 * @param score the network's confidence, 0 to 1
 */
public record Detection(ObjectKind kind, Rectangle place, double score) {
  Detection at(Rectangle other) {
    return new Detection(kind, other, score);
  }
}
