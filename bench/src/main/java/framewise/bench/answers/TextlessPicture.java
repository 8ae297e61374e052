package framewise.bench.answers;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.CubicCurve2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.Random;

/** Drawn pictures of things that resemble letters, without a single letter. */
enum TextlessPicture {
  CROSSED_LINES,
  TABLE_FEET,
  BRICKS,
  LEAVES,
  GRILLE,
  FENCE,
  BLINDS,
  NOISE,
  TILES,
  WINDOWS,
  CIRCLES,
  GRADIENT,
  FABRIC,
  LADDERS,
  PLAIN_SHAPES,
  SHELVES,
  BRANCHES,
  CABLES,
  STRIPES,
  PEOPLE;

  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;

  /** The same seed gives the same picture. */
  @SuppressWarnings("EnumOrdinal") // only gives each kind other random numbers
  BufferedImage draw(long seed) {
    Random random = new Random(seed * 31 + ordinal());
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    Color ground = colour(random, 40, 215);
    g.setPaint(new GradientPaint(0, 0, ground, WIDTH, HEIGHT, colour(random, 40, 215)));
    g.fillRect(0, 0, WIDTH, HEIGHT);
    g.setColor(other(random, ground));
    switch (this) {
      case CROSSED_LINES -> crossedLines(g, random);
      case TABLE_FEET -> tableFeet(g, random);
      case BRICKS -> bricks(g, random, 2);
      case TILES -> bricks(g, random, 1);
      case LEAVES -> leaves(g, random);
      case GRILLE -> grille(g, random);
      case FENCE -> fence(g, random);
      case BLINDS -> blinds(g, random);
      case NOISE -> noise(image, random);
      case WINDOWS -> windows(g, random);
      case CIRCLES -> circles(g, random);
      case GRADIENT -> g.fill(new Ellipse2D.Double(0, random.nextInt(HEIGHT), WIDTH, HEIGHT));
      case FABRIC -> fabric(image, random);
      case LADDERS -> ladders(g, random);
      case PLAIN_SHAPES -> shapes(g, random);
      case SHELVES -> shelves(g, random);
      case BRANCHES -> branches(g, random, WIDTH / 2.0, HEIGHT, -Math.PI / 2, 90, 7);
      case CABLES -> cables(g, random);
      case STRIPES -> stripes(g, random);
      case PEOPLE -> people(g, random);
    }
    g.dispose();
    return image;
  }

  private static Color colour(Random random, int from, int to) {
    return new Color(random.nextInt(from, to), random.nextInt(from, to), random.nextInt(from, to));
  }

  /** A colour that contrasts with the background. */
  private static Color other(Random random, Color ground) {
    Color colour = colour(random, 0, 256);
    while (Math.abs(luma(colour) - luma(ground)) < 60) {
      colour = colour(random, 0, 256);
    }
    return colour;
  }

  private static int luma(Color c) {
    return (299 * c.getRed() + 587 * c.getGreen() + 114 * c.getBlue()) / 1000;
  }

  private static void thick(Graphics2D g, double width) {
    g.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
  }

  private static void crossedLines(Graphics2D g, Random random) {
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      thick(g, random.nextDouble(2, 14));
      int x = random.nextInt(80, WIDTH - 80);
      int y = random.nextInt(60, HEIGHT - 60);
      int reach = random.nextInt(10, 90);
      int lean = random.nextInt(-20, 21);
      g.drawLine(x - reach, y - reach + lean, x + reach, y + reach - lean);
      g.drawLine(x - reach, y + reach, x + reach, y - reach);
      if (random.nextBoolean()) {
        g.drawLine(x, y - reach, x, y + reach);
      }
    }
  }

  private static void tableFeet(Graphics2D g, Random random) {
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      int left = random.nextInt(20, WIDTH - 240);
      int top = random.nextInt(60, HEIGHT - 140);
      int width = random.nextInt(80, 220);
      int height = random.nextInt(40, 110);
      thick(g, random.nextDouble(3, 10));
      g.drawLine(left, top, left + width, top);
      int foot = random.nextInt(15, 50);
      for (int x : new int[] {left + foot, left + width - foot}) {
        if (random.nextBoolean()) {
          g.drawLine(x - foot, top, x + foot, top + height);
          g.drawLine(x + foot, top, x - foot, top + height);
        } else {
          g.drawLine(x, top, x, top + height);
          g.drawLine(x - foot, top + height, x + foot, top + height);
        }
      }
    }
  }

  private static void bricks(Graphics2D g, Random random, int shift) {
    int width = random.nextInt(24, 90);
    int height = random.nextInt(12, 50);
    thick(g, random.nextDouble(1, 5));
    for (int row = 0; row * height < HEIGHT; row++) {
      g.drawLine(0, row * height, WIDTH, row * height);
      int from = shift == 2 && row % 2 == 1 ? -width / 2 : 0;
      for (int x = from; x < WIDTH; x += width) {
        g.drawLine(x, row * height, x, (row + 1) * height);
      }
    }
  }

  private static void leaves(Graphics2D g, Random random) {
    for (int i = random.nextInt(40, 200); i > 0; i--) {
      g.setColor(new Color(random.nextInt(90), random.nextInt(80, 200), random.nextInt(90)));
      double x = random.nextDouble(WIDTH);
      double y = random.nextDouble(HEIGHT);
      double turn = random.nextDouble(Math.PI * 2);
      double length = random.nextDouble(12, 50);
      var kept = g.getTransform();
      g.translate(x, y);
      g.rotate(turn);
      g.fill(new Ellipse2D.Double(0, -length / 5, length, length / 2.5));
      g.setColor(g.getColor().darker());
      thick(g, 1);
      g.drawLine(0, 0, (int) length, 0);
      g.setTransform(kept);
    }
  }

  private static void grille(Graphics2D g, Random random) {
    int step = random.nextInt(8, 40);
    thick(g, random.nextDouble(1, step / 3.0));
    int left = random.nextInt(0, 200);
    int top = random.nextInt(0, 120);
    int right = random.nextInt(left + 100, WIDTH);
    int bottom = random.nextInt(top + 60, HEIGHT);
    boolean slanted = random.nextBoolean();
    g.setClip(left, top, right - left, bottom - top);
    for (int at = -HEIGHT; at < WIDTH + HEIGHT; at += step) {
      if (slanted) {
        g.drawLine(at, 0, at + HEIGHT, HEIGHT);
        g.drawLine(at, HEIGHT, at + HEIGHT, 0);
      } else {
        g.drawLine(at, 0, at, HEIGHT);
        g.drawLine(0, at, WIDTH, at);
      }
    }
  }

  private static void fence(Graphics2D g, Random random) {
    int step = random.nextInt(14, 60);
    int top = random.nextInt(40, 160);
    int width = Math.max(3, step / 3);
    for (int x = random.nextInt(step); x < WIDTH; x += step) {
      g.fillRect(x, top, width, HEIGHT - top);
      g.fillPolygon(new int[] {x, x + width / 2, x + width}, new int[] {top, top - width, top}, 3);
    }
    g.fillRect(0, top + 30, WIDTH, width);
    g.fillRect(0, HEIGHT - 60, WIDTH, width);
  }

  private static void blinds(Graphics2D g, Random random) {
    int step = random.nextInt(6, 30);
    int left = random.nextInt(0, 200);
    int width = random.nextInt(150, WIDTH - left);
    for (int y = random.nextInt(60); y < HEIGHT; y += step) {
      g.fillRect(left, y, width, Math.max(1, step * random.nextInt(4, 8) / 10));
    }
    g.setColor(g.getColor().darker());
    g.drawLine(left + width / 4, 0, left + width / 4, HEIGHT);
    g.drawLine(left + 3 * width / 4, 0, left + 3 * width / 4, HEIGHT);
  }

  private static void noise(BufferedImage image, Random random) {
    int grain = random.nextInt(1, 9);
    for (int y = 0; y < HEIGHT; y += grain) {
      for (int x = 0; x < WIDTH; x += grain) {
        int rgb = random.nextInt(1 << 24);
        for (int b = y; b < Math.min(HEIGHT, y + grain); b++) {
          for (int a = x; a < Math.min(WIDTH, x + grain); a++) {
            image.setRGB(a, b, rgb);
          }
        }
      }
    }
  }

  private static void windows(Graphics2D g, Random random) {
    int width = random.nextInt(20, 70);
    int height = random.nextInt(24, 80);
    for (int y = 20; y + height < HEIGHT; y += height + random.nextInt(12, 30)) {
      for (int x = 20; x + width < WIDTH; x += width + 20) {
        g.fillRect(x, y, width, height);
        Color pane = g.getColor();
        g.setColor(pane.darker().darker());
        thick(g, 2);
        g.drawLine(x + width / 2, y, x + width / 2, y + height);
        g.drawLine(x, y + height / 2, x + width, y + height / 2);
        g.setColor(pane);
      }
    }
  }

  private static void circles(Graphics2D g, Random random) {
    for (int i = random.nextInt(1, 16); i > 0; i--) {
      thick(g, random.nextDouble(1, 12));
      int size = random.nextInt(10, 150);
      int x = random.nextInt(WIDTH - size);
      int y = random.nextInt(HEIGHT - size);
      if (random.nextInt(3) == 0) {
        g.fillOval(x, y, size, size);
      } else {
        g.drawOval(x, y, size, size);
      }
    }
  }

  private static void fabric(BufferedImage image, Random random) {
    double a = random.nextDouble(0.05, 0.9);
    double b = random.nextDouble(0.05, 0.9);
    double lean = random.nextDouble(-1, 1);
    Color one = colour(random, 20, 235);
    Color two = colour(random, 20, 235);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        double wave = (Math.sin(a * (x + lean * y)) + Math.sin(b * (y - lean * x)) + 2) / 4;
        image.setRGB(
            x,
            y,
            new Color(
                    mix(one.getRed(), two.getRed(), wave),
                    mix(one.getGreen(), two.getGreen(), wave),
                    mix(one.getBlue(), two.getBlue(), wave))
                .getRGB());
      }
    }
  }

  private static int mix(int a, int b, double share) {
    return (int) (a * share + b * (1 - share));
  }

  private static void ladders(Graphics2D g, Random random) {
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      thick(g, random.nextDouble(2, 8));
      int x = random.nextInt(40, WIDTH - 100);
      int width = random.nextInt(20, 60);
      int step = random.nextInt(12, 40);
      g.drawLine(x, 30, x, HEIGHT - 20);
      g.drawLine(x + width, 30, x + width, HEIGHT - 20);
      for (int y = 40; y < HEIGHT - 20; y += step) {
        g.drawLine(x, y, x + width, y);
      }
    }
  }

  private static void shapes(Graphics2D g, Random random) {
    for (int i = random.nextInt(1, 9); i > 0; i--) {
      g.setColor(colour(random, 0, 256));
      Path2D path = new Path2D.Double();
      path.moveTo(random.nextInt(WIDTH), random.nextInt(HEIGHT));
      for (int k = random.nextInt(2, 6); k > 0; k--) {
        path.lineTo(random.nextInt(WIDTH), random.nextInt(HEIGHT));
      }
      path.closePath();
      if (random.nextBoolean()) {
        g.fill(path);
      } else {
        thick(g, random.nextDouble(1, 9));
        g.draw(path);
      }
    }
  }

  private static void shelves(Graphics2D g, Random random) {
    int step = random.nextInt(50, 110);
    for (int y = step; y < HEIGHT; y += step) {
      g.setColor(new Color(90, 60, 40));
      g.fillRect(0, y, WIDTH, 6);
      for (int x = 4; x < WIDTH; ) {
        int width = random.nextInt(8, 36);
        int height = random.nextInt(step / 2, step - 4);
        g.setColor(colour(random, 0, 256));
        g.fillRect(x, y - height, width, height);
        x += width + random.nextInt(1, 6);
      }
    }
  }

  private static void branches(
      Graphics2D g, Random random, double x, double y, double way, double length, int depth) {
    if (depth == 0) {
      return;
    }
    thick(g, depth);
    double toX = x + length * Math.cos(way);
    double toY = y + length * Math.sin(way);
    g.drawLine((int) x, (int) y, (int) toX, (int) toY);
    for (int i = 0; i < 2; i++) {
      double turn = way + random.nextDouble(-0.9, 0.9);
      branches(g, random, toX, toY, turn, length * random.nextDouble(0.6, 0.9), depth - 1);
    }
  }

  private static void cables(Graphics2D g, Random random) {
    for (int i = random.nextInt(3, 14); i > 0; i--) {
      g.setColor(colour(random, 0, 256));
      thick(g, random.nextDouble(1, 8));
      g.draw(
          new CubicCurve2D.Double(
              random.nextInt(WIDTH), random.nextInt(HEIGHT),
              random.nextInt(WIDTH), random.nextInt(HEIGHT),
              random.nextInt(WIDTH), random.nextInt(HEIGHT),
              random.nextInt(WIDTH), random.nextInt(HEIGHT)));
    }
  }

  private static void stripes(Graphics2D g, Random random) {
    int step = random.nextInt(6, 60);
    g.rotate(random.nextDouble(-0.6, 0.6), WIDTH / 2.0, HEIGHT / 2.0);
    for (int x = -WIDTH; x < 2 * WIDTH; x += step) {
      g.fillRect(x, -HEIGHT, Math.max(1, step / random.nextInt(2, 4)), 3 * HEIGHT);
    }
  }

  private static void people(Graphics2D g, Random random) {
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      int x = random.nextInt(60, WIDTH - 60);
      int size = random.nextInt(20, 50);
      int y = random.nextInt(40, HEIGHT - 5 * size);
      thick(g, size / 8.0);
      g.drawOval(x - size / 2, y, size, size);
      g.drawLine(x, y + size, x, y + 3 * size);
      g.drawLine(x - size, y + 3 * size / 2, x + size, y + 3 * size / 2);
      g.drawLine(x, y + 3 * size, x - size, y + 5 * size);
      g.drawLine(x, y + 3 * size, x + size, y + 5 * size);
    }
  }
}
