package framewise.webrtc;

import framewise.media.MediaTime;
import framewise.media.picture.Frame;
import framewise.media.picture.PixelFormat;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Test pictures of four coloured quarters, and the colour of a picture's quarter. */
final class TestPictures {
  /** Top left, top right, bottom left, bottom right. */
  static final Color[] QUARTERS = {Color.RED, Color.GREEN, Color.BLUE, Color.WHITE};

  private TestPictures() {}

  /** An I420 frame; {@code step} moves a small black mark, so that each picture differs. */
  static Frame quarters(int width, int height, int step) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D pen = image.createGraphics();
    for (int i = 0; i < QUARTERS.length; i++) {
      pen.setColor(QUARTERS[i]);
      pen.fillRect(i % 2 * width / 2, i / 2 * height / 2, (width + 1) / 2, (height + 1) / 2);
    }
    pen.setColor(Color.BLACK);
    pen.fillRect(step * 7 % (width - 8), 0, 8, 8);
    pen.dispose();
    try (Frame drawn = Frame.of(image, MediaTime.ZERO)) {
      return drawn.convert(width, height, PixelFormat.I420);
    }
  }

  /** The mean colour in the middle of a quarter, numbered as in {@link #QUARTERS}. */
  static Color colour(Frame frame, int quarter) {
    try (Frame bgr = frame.convert(frame.width(), frame.height(), PixelFormat.BGR24)) {
      int width = bgr.width();
      int left = quarter % 2 * width / 2 + width / 8;
      int top = quarter / 2 * bgr.height() / 2 + bgr.height() / 8;
      long[] sum = new long[3];
      int pixels = 0;
      MemorySegment bytes = bgr.pixels();
      for (int y = top; y < top + bgr.height() / 4; y++) {
        for (int x = left; x < left + width / 4; x++, pixels++) {
          for (int c = 0; c < 3; c++) {
            sum[c] += bytes.get(ValueLayout.JAVA_BYTE, 3L * ((long) y * width + x) + c) & 0xff;
          }
        }
      }
      return new Color((int) (sum[2] / pixels), (int) (sum[1] / pixels), (int) (sum[0] / pixels));
    }
  }

  /** The largest difference in any channel. */
  static int difference(Color a, Color b) {
    return Math.max(
        Math.abs(a.getRed() - b.getRed()),
        Math.max(Math.abs(a.getGreen() - b.getGreen()), Math.abs(a.getBlue() - b.getBlue())));
  }
}
