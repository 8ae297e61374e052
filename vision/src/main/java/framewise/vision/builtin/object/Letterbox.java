package framewise.vision.builtin.object;

import framewise.media.Frame;
import framewise.vision.builtin.picture.Picture;
import java.util.Arrays;

/** A frame in its own shape in the middle of a square, grey above and below or at both sides. */
final class Letterbox {
  /** The grey that detectors are usually trained with. */
  private static final byte GREY = 114;

  private final int side;
  private final int width;
  private final int height;
  private final int left;
  private final int top;

  Letterbox(int frameWidth, int frameHeight, int side) {
    this.side = side;
    double scale = side / (double) Math.max(frameWidth, frameHeight);
    width = Math.max(1, (int) Math.round(frameWidth * scale));
    height = Math.max(1, (int) Math.round(frameHeight * scale));
    left = (side - width) / 2;
    top = (side - height) / 2;
  }

  Picture fit(Frame frame) {
    Picture small = Picture.of(frame, width, height);
    byte[] bgr = new byte[3 * side * side];
    Arrays.fill(bgr, GREY);
    for (int y = 0; y < height; y++) {
      small.copyRow(y, bgr, ((top + y) * side + left) * 3);
    }
    return new Picture(bgr, side, side);
  }

  /** A place in the square, as it would be had the frame been stretched to fill it. */
  Rectangle toStretched(Rectangle place) {
    return new Rectangle(
            place.left() - left, place.top() - top, place.right() - left, place.bottom() - top)
        .within(width, height)
        .scaled(side / (double) width, side / (double) height);
  }
}
