package framewise.vision.builtin.text;

import framewise.vision.builtin.picture.Rectangle;

/**
 * One piece of text as it stands in the picture.
 *
 * @param confidence 0.5 to 1
 */
public record TextLine(String text, Box box, double confidence) {
  /** The upright rectangle round it, in pixels of the frame; may reach beyond its edge. */
  public Rectangle place() {
    return new Rectangle(
        box.centreX() - box.reachX(),
        box.centreY() - box.reachY(),
        box.centreX() + box.reachX(),
        box.centreY() + box.reachY());
  }
}
