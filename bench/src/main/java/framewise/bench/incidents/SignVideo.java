package framewise.bench.incidents;

import framewise.media.MediaTime;
import framewise.media.file.VideoCodec;
import framewise.media.file.VideoWriter;
import framewise.media.file.WriterSettings;
import framewise.media.picture.Frame;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.function.IntFunction;

/** Videos of a sign, with one picture a second. */
final class SignVideo {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;
  private static final int SIZE = 72;
  private static final int FPS = 5;

  private SignVideo() {}

  /**
   * Writes a video.
   *
   * @param says the sign's text in each second; empty for a blank sign
   */
  static Path make(Path file, int seconds, IntFunction<String> says) {
    try (VideoWriter writer =
        VideoWriter.create(file, WriterSettings.of(VideoCodec.H264, WIDTH, HEIGHT, FPS))) {
      for (int number = 0; number < seconds * FPS; number++) {
        try (Frame frame =
            Frame.of(
                picture(says.apply(number / FPS)), MediaTime.ofSeconds((double) number / FPS))) {
          writer.write(frame);
        }
      }
      writer.finish();
    }
    return file;
  }

  private static BufferedImage picture(String text) {
    var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(new Color(70, 90, 110));
    graphics.fillRect(0, 0, WIDTH, HEIGHT);
    graphics.setColor(new Color(235, 235, 225));
    graphics.fillRect(WIDTH / 16, HEIGHT / 4, WIDTH * 7 / 8, HEIGHT / 2);
    graphics.setColor(Color.BLACK);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, SIZE));
    int wide = graphics.getFontMetrics().stringWidth(text);
    graphics.drawString(text, (WIDTH - wide) / 2, HEIGHT / 2 + SIZE / 3);
    graphics.dispose();
    return image;
  }
}
