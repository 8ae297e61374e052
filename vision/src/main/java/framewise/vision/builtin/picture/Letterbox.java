package framewise.vision.builtin.picture;

import framewise.media.picture.Frame;

/**
 * A frame scaled to fit into a picture of another shape and centred on black, with its aspect ratio
 * kept. Networks were trained on undistorted things: a person stretched to a square is often
 * missed.
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

  /** Creates a letterbox with sizes in pixels, each at least 1. */
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

  /** Converts a place in the picture to pixels of the frame, clipped to it. */
  public Rectangle toFrame(Rectangle place) {
    return new Rectangle(
            frameX(place.left()),
            frameY(place.top()),
            frameX(place.right()),
            frameY(place.bottom()))
        .within(frameWidth, frameHeight);
  }

  /** Converts a column of the picture to pixels of the frame. */
  public double frameX(double x) {
    return (x - left) * frameWidth / width;
  }

  /** Converts a row of the picture to pixels of the frame. */
  public double frameY(double y) {
    return (y - top) * frameHeight / height;
  }
}
