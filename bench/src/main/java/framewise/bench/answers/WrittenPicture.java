package framewise.bench.answers;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A drawn picture with text in it.
 *
 * @param lines the text, from the top
 */
record WrittenPicture(BufferedImage image, List<String> lines) {
  private static final String[] WORDS =
      ("EXIT STOP Platform Gate departs arrives Keep left at all times NO ENTRY Level seat Invoice"
              + " Total Thank you for your visit Speed limit Bridge height Open daily Information"
              + " Ausgang Bahnhof Sortie Gare Salida Norte water coffee bread fresh every morning")
          .split(" ");

  private static final String[] FAMILIES = {"DejaVu Sans", "DejaVu Serif", "DejaVu Sans Mono"};

  private static final int WIDTH = 1280;
  private static final int HEIGHT = 720;

  /** Minimum difference in brightness between letters and background, of 255. */
  private static final int CONTRAST = 70;

  /** The same seed gives the same picture. */
  static WrittenPicture of(long seed) {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    Color ground = new Color(random.nextInt(1 << 24));
    Color ink = new Color(random.nextInt(1 << 24));
    while (Math.abs(luma(ink) - luma(ground)) < CONTRAST) {
      ink = new Color(random.nextInt(1 << 24));
    }
    g.setColor(ground);
    g.fillRect(0, 0, WIDTH, HEIGHT);
    g.setColor(ink);
    int size = random.nextInt(18, 64);
    g.setFont(
        new Font(
            FAMILIES[random.nextInt(FAMILIES.length)],
            random.nextBoolean() ? Font.BOLD : Font.PLAIN,
            size));
    List<String> lines = new ArrayList<>();
    int y = random.nextInt(80, 160);
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      String line = line(random, (WIDTH - 120) / size);
      g.drawString(line, 60, y);
      lines.add(line);
      y += size * 7 / 4;
    }
    g.dispose();
    return new WrittenPicture(image, lines);
  }

  private static String line(Random random, int most) {
    StringBuilder line = new StringBuilder(WORDS[random.nextInt(WORDS.length)]);
    for (int i = random.nextInt(5); i > 0; i--) {
      String word =
          random.nextInt(4) == 0
              ? String.valueOf(random.nextInt(2, 1000))
              : WORDS[random.nextInt(WORDS.length)];
      if (line.length() + word.length() < most) {
        line.append(' ').append(word);
      }
    }
    return line.toString();
  }

  private static int luma(Color c) {
    return (299 * c.getRed() + 587 * c.getGreen() + 114 * c.getBlue()) / 1000;
  }
}
