package framewise.vision.builtin.text;

import framewise.vision.builtin.picture.Rectangle;

/**
 * A piece of text in a picture.
 *
 * @param confidence 0.5 to 1
 */
public record TextLine(String text, Box box, double confidence) {
  /** Its axis-aligned bounding rectangle, in pixels of the frame; may extend beyond the edge. */
  public Rectangle place() {
    return new Rectangle(
        box.centreX() - box.reachX(),
        box.centreY() - box.reachY(),
        box.centreX() + box.reachX(),
        box.centreY() + box.reachY());
  }
}
