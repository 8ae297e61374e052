package framewise.bench.incidents;

import framewise.media.MediaTime;
import framewise.media.file.VideoCodec;
import framewise.media.file.VideoWriter;
import framewise.media.file.WriterSettings;
import framewise.media.picture.Frame;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;

/** Pictures that show their own number as sixteen black or white blocks. */
final class Barcode {
  static final int WIDTH = 320;
  static final int HEIGHT = 192;
  private static final int SIDE = 4;
  private static final int MIDDLE = 128;

  private Barcode() {}

  static BufferedImage draw(int number) {
    var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = image.createGraphics();
    for (int bit = 0; bit < SIDE * SIDE; bit++) {
      graphics.setColor((number >> bit & 1) == 1 ? Color.WHITE : Color.BLACK);
      graphics.fillRect(
          bit % SIDE * WIDTH / SIDE, bit / SIDE * HEIGHT / SIDE, WIDTH / SIDE, HEIGHT / SIDE);
    }
    graphics.dispose();
    return image;
  }

  /** The number of a picture, at any size. */
  static int read(BufferedImage image) {
    int number = 0;
    for (int bit = 0; bit < SIDE * SIDE; bit++) {
      int x = (2 * (bit % SIDE) + 1) * image.getWidth() / (2 * SIDE);
      int y = (2 * (bit / SIDE) + 1) * image.getHeight() / (2 * SIDE);
      if ((image.getRGB(x, y) >> 8 & 0xff) > MIDDLE) {
        number |= 1 << bit;
      }
    }
    return number;
  }

  /** Makes a video whose pictures are numbered from 0. */
  static Path video(Path file, int pictures, int fps) {
    try (VideoWriter writer =
        VideoWriter.create(file, WriterSettings.of(VideoCodec.H264, WIDTH, HEIGHT, fps))) {
      for (int number = 0; number < pictures; number++) {
        try (Frame frame = Frame.of(draw(number), MediaTime.ofSeconds((double) number / fps))) {
          writer.write(frame);
        }
      }
      writer.finish();
    }
    return file;
  }
}
