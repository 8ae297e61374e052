package framewise.bench.latency;

import framewise.bench.webrtc.MovingScene;
import framewise.media.MediaTime;
import framewise.media.picture.Frame;
import framewise.media.picture.PixelFormat;
import java.awt.image.BufferedImage;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;

/** A moving scene whose pictures show their number: sixteen black or white blocks in a row. */
final class StampedScene {
  static final int WIDTH = 640;
  static final int HEIGHT = 480;
  private static final int BITS = 16;
  private static final int BLOCK = 32;
  private static final byte BLACK = 16;
  private static final byte WHITE = (byte) 235;
  private static final int MIDDLE = 128;

  /** I420 without padding, the luma plane first. */
  private final List<byte[]> pictures;

  StampedScene() {
    List<Frame> scene = MovingScene.draw(WIDTH, HEIGHT);
    pictures = scene.stream().map(frame -> frame.pixels().toArray(ValueLayout.JAVA_BYTE)).toList();
    scene.forEach(Frame::close);
  }

  /** The picture with this number, of 16 bits; the caller closes it. */
  Frame picture(int number) {
    byte[] pixels = pictures.get(number % pictures.size()).clone();
    for (int y = 0; y < BLOCK; y++) {
      for (int bit = 0; bit < BITS; bit++) {
        int from = y * WIDTH + bit * BLOCK;
        Arrays.fill(pixels, from, from + BLOCK, (number >> bit & 1) == 1 ? WHITE : BLACK);
      }
    }
    return Frame.of(MemorySegment.ofArray(pixels), WIDTH, HEIGHT, PixelFormat.I420, MediaTime.ZERO);
  }

  /** The number of a picture, at any size. */
  static int read(BufferedImage image) {
    int number = 0;
    for (int bit = 0; bit < BITS; bit++) {
      int x = (2 * bit + 1) * BLOCK * image.getWidth() / (2 * WIDTH);
      int y = BLOCK * image.getHeight() / (2 * HEIGHT);
      if ((image.getRGB(x, y) >> 8 & 0xff) > MIDDLE) {
        number |= 1 << bit;
      }
    }
    return number;
  }
}
