package framewise.vision.builtin.object;

import framewise.vision.builtin.picture.Rectangle;

/**
 * One thing in a picture.
 *
 * @param score how sure the network is, 0 to 1
 */
public record Detection(ObjectKind kind, Rectangle place, double score) {
  Detection at(Rectangle other) {
    return new Detection(kind, other, score);
  }
}
