package framewise.bench.webrtc;

import framewise.media.MediaTime;
import framewise.media.picture.Frame;
import framewise.media.picture.PixelFormat;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A drawn moving scene: a panning texture with discs that cross it, the same in every run. */
public final class MovingScene {
  private static final int PICTURES = 60;

  private MovingScene() {}

  /** The pictures of the scene, in I420; the caller closes them. */
  public static List<Frame> draw(int width, int height) {
    BufferedImage texture = texture(width + PICTURES * 4, height);
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i < PICTURES; i++) {
      BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
      Graphics2D pen = image.createGraphics();
      // Pans out and back, so that the scene can repeat without a jump.
      pen.drawImage(texture, -4 * Math.min(i, PICTURES - i), 0, null);
      for (int disc = 0; disc < 6; disc++) {
        pen.setColor(Color.getHSBColor(disc / 6f, 1, 1));
        int x = (int) (width * (0.5 + 0.4 * Math.sin(2 * Math.PI * i / PICTURES + disc)));
        pen.fillOval(x, disc * height / 6, height / 6, height / 6);
      }
      pen.dispose();
      try (Frame drawn = Frame.of(image, MediaTime.ZERO)) {
        frames.add(drawn.convert(width, height, PixelFormat.I420));
      }
    }
    return frames;
  }

  private static BufferedImage texture(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D pen = image.createGraphics();
    Random random = new Random(7);
    for (int i = 0; i < 1_500; i++) {
      int grey = 60 + random.nextInt(120);
      pen.setColor(new Color(grey, grey, Math.min(255, grey + random.nextInt(40))));
      pen.fillRect(
          random.nextInt(width),
          random.nextInt(height),
          4 + random.nextInt(60),
          4 + random.nextInt(40));
    }
    pen.dispose();
    return image;
  }
}
