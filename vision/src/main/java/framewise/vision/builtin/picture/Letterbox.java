package framewise.vision.builtin.picture;

import framewise.media.Frame;

/**
 * A frame in its own shape, scaled to fit into a picture of another shape and centred there; what
 * is left of that picture is black. Networks were trained on things in their own shape: a person
 * who is stretched to a square is often not found at all.
 */
public final class Letterbox {
  private final int frameWidth;
  private final int frameHeight;
  private final int boxWidth;
  private final int boxHeight;
  private final int width;
  private final int height;
  private final int left;
  private final int top;

  /** Sizes in pixels, each at least 1. */
  public Letterbox(int frameWidth, int frameHeight, int boxWidth, int boxHeight) {
    this.frameWidth = frameWidth;
    this.frameHeight = frameHeight;
    this.boxWidth = boxWidth;
    this.boxHeight = boxHeight;
    double scale = Math.min(boxWidth / (double) frameWidth, boxHeight / (double) frameHeight);
    width = Math.clamp(Math.round(frameWidth * scale), 1, boxWidth);
    height = Math.clamp(Math.round(frameHeight * scale), 1, boxHeight);
    left = (boxWidth - width) / 2;
    top = (boxHeight - height) / 2;
  }

  /** The picture with the frame in it. */
  public Picture fit(Frame frame) {
    Picture small = Picture.of(frame, width, height);
    byte[] bgr = new byte[3 * boxWidth * boxHeight];
    for (int y = 0; y < height; y++) {
      small.copyRow(y, bgr, ((top + y) * boxWidth + left) * 3);
    }
    return new Picture(bgr, boxWidth, boxHeight);
  }

  /** A place in the picture, in pixels of the frame; what lies outside the frame is cut off. */
  public Rectangle toFrame(Rectangle place) {
    return new Rectangle(
            frameX(place.left()),
            frameY(place.top()),
            frameX(place.right()),
            frameY(place.bottom()))
        .within(frameWidth, frameHeight);
  }

  /** A column of the picture, in pixels of the frame. */
  public double frameX(double x) {
    return (x - left) * frameWidth / width;
  }

  /** A row of the picture, in pixels of the frame. */
  public double frameY(double y) {
    return (y - top) * frameHeight / height;
  }
}
