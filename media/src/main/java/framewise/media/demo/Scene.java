package framewise.media.demo;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.List;
import java.util.Locale;

/**
 * A railway station: a sign whose text changes, a running clock, a train, a balloon and clouds. Its
 * content depends on the time only.
 */
final class Scene {
  static final int WIDTH = 1280;
  static final int HEIGHT = 720;
  static final double SECONDS_PER_SIGN = 6;

  /** The sign's texts in order. */
  static final List<String> SIGNS = List.of("EXIT 42", "PLATFORM 7", "OPEN 9 TO 5", "GATE B 16");

  private static final List<Color> BOARDS =
      List.of(new Color(0x0B6B3A), new Color(0x12407F), new Color(0x7A1F2B), new Color(0x3B2A66));

  private static final GradientPaint SKY =
      new GradientPaint(0, 0, new Color(0x8CC7EA), 0, 520, new Color(0xF4F1E4));
  private static final int BOARD_X = 60;
  private static final int BOARD_Y = 150;
  private static final int BOARD_WIDTH = 800;
  private static final int BOARD_HEIGHT = 230;
  private static final int CLOCK_X = 1060;
  private static final int CLOCK_Y = 190;
  private static final double TURN_SECONDS = 0.3;
  private static final int PLATFORM_TOP = 610;
  private static final int RAIL = 598;

  private final Lettering letters = new Lettering();

  /** The static parts, one picture per sign. */
  private final List<BufferedImage> stills = SIGNS.stream().map(this::still).toList();

  BufferedImage blank() {
    return new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
  }

  /** Draws the scene over a whole picture from {@link #blank}. */
  void draw(BufferedImage picture, double seconds) {
    int sign = (int) (seconds / SECONDS_PER_SIGN) % SIGNS.size();
    byte[] pixels = pixels(stills.get(sign));
    System.arraycopy(pixels, 0, pixels(picture), 0, pixels.length);
    Graphics2D g = graphics(picture);
    clouds(g, seconds);
    rods(g, BOARD_Y);
    turningSign(g, sign, seconds);
    balloon(g, seconds);
    train(g, seconds);
    hands(g, seconds);
    g.dispose();
  }

  private BufferedImage still(String sign) {
    BufferedImage image = background();
    Graphics2D g = graphics(image);
    platform(g);
    board(g, SIGNS.indexOf(sign));
    clockFace(g);
    g.dispose();
    return image;
  }

  private static byte[] pixels(BufferedImage image) {
    return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
  }

  private static BufferedImage background() {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D g = graphics(image);
    g.setPaint(SKY);
    g.fillRect(0, 0, WIDTH, HEIGHT);
    g.setColor(new Color(0xFBE3A1));
    g.fill(circle(560, 455, 60));
    hill(g, new Color(0xA9C3C9), 470, 60, 0.0061, 0.4);
    hill(g, new Color(0x7FA8A3), 515, 45, 0.0083, 2.1);
    hill(g, new Color(0x5B8A76), 560, 30, 0.0117, 4.0);
    g.setColor(new Color(0x55606B));
    g.fillRect(0, 580, WIDTH, 40);
    g.setColor(new Color(0x3C4650));
    for (int x = 0; x < WIDTH; x += 32) {
      g.fillRect(x, RAIL, 20, 8);
    }
    g.setColor(new Color(0xAEB8C1));
    g.fillRect(0, RAIL - 2, WIDTH, 4);
    g.dispose();
    return image;
  }

  private static void hill(
      Graphics2D g, Color colour, double y, double height, double wave, double shift) {
    Path2D line = new Path2D.Double();
    line.moveTo(0, HEIGHT);
    for (int x = 0; x <= WIDTH; x += 8) {
      double up = Math.sin(x * wave + shift) + 0.4 * Math.sin(x * wave * 2.3 + shift * 3);
      line.lineTo(x, y - height * up);
    }
    line.lineTo(WIDTH, HEIGHT);
    line.closePath();
    g.setColor(colour);
    g.fill(line);
  }

  private static void clouds(Graphics2D g, double seconds) {
    g.setColor(new Color(0xFBFDFE));
    cloud(g, wrap(120 + seconds * 14, 200), 36, 0.85);
    cloud(g, wrap(640 + seconds * 20, 200), 40, 0.75);
    cloud(g, wrap(1130 + seconds * 11, 200), 34, 0.8);
  }

  private static void cloud(Graphics2D g, double x, double y, double size) {
    Area shape = new Area(circle(x, y, 30 * size));
    shape.add(new Area(circle(x - 38 * size, y + 12 * size, 22 * size)));
    shape.add(new Area(circle(x + 36 * size, y + 10 * size, 24 * size)));
    double left = x - 60 * size;
    shape.add(new Area(rounded(left, y + 10 * size, 120 * size, 26 * size, 26 * size)));
    g.fill(shape);
  }

  private static void balloon(Graphics2D g, double seconds) {
    double x = 1120 - seconds * 9;
    double y = 486 + 12 * Math.sin(seconds * 0.7);
    g.setColor(new Color(0x6B4A2B));
    g.fill(rounded(x - 13, y + 66, 26, 20, 6));
    g.setStroke(new BasicStroke(2));
    g.drawLine((int) x - 26, (int) y + 36, (int) x - 11, (int) y + 68);
    g.drawLine((int) x + 26, (int) y + 36, (int) x + 11, (int) y + 68);
    g.setColor(new Color(0xD9482B));
    g.fill(new Ellipse2D.Double(x - 46, y - 56, 92, 104));
    g.setColor(new Color(0xF3B23C));
    g.fill(new Ellipse2D.Double(x - 18, y - 56, 36, 104));
  }

  private static void train(Graphics2D g, double seconds) {
    double period = 11;
    double front = -80 + (seconds % period) / period * (WIDTH + 1000);
    g.setColor(new Color(0x2A2F36));
    for (int car = 0; car < 2; car++) {
      double left = front - 420 - car * 430;
      for (double wheel : new double[] {60, 120, 290, 350}) {
        g.fill(circle(left + wheel, RAIL - 8, 13));
      }
    }
    for (int car = 0; car < 2; car++) {
      double left = front - 420 - car * 430;
      g.setColor(new Color(0xC8322F));
      g.fill(rounded(left, RAIL - 118, 420, 104, car == 0 ? 44 : 24));
      g.setColor(new Color(0xF7F4EE));
      g.fill(new Rectangle2D.Double(left + 4, RAIL - 44, 412, 10));
      g.setColor(new Color(0x2C4A63));
      for (int window = 0; window < 5; window++) {
        g.fill(rounded(left + 22 + window * 78, RAIL - 100, 60, 40, 12));
      }
    }
  }

  private static void platform(Graphics2D g) {
    g.setColor(new Color(0xC9CDD1));
    g.fillRect(0, PLATFORM_TOP, WIDTH, HEIGHT - PLATFORM_TOP);
    g.setColor(new Color(0xF2C230));
    g.fillRect(0, PLATFORM_TOP + 14, WIDTH, 10);
    g.setColor(new Color(0xB4B9BE));
    for (int x = 0; x < WIDTH; x += 160) {
      g.fillRect(x, PLATFORM_TOP + 24, 2, HEIGHT - PLATFORM_TOP);
    }
  }

  private static void rods(Graphics2D g, int length) {
    g.setColor(new Color(0x4A545E));
    g.fillRect(BOARD_X + 120, 0, 12, length);
    g.fillRect(BOARD_X + BOARD_WIDTH - 132, 0, 12, length);
    g.fillRect(CLOCK_X - 6, 0, 12, CLOCK_Y - 108);
  }

  /** Flips the board just before its text changes. */
  private void turningSign(Graphics2D g, int sign, double seconds) {
    double left = SECONDS_PER_SIGN - seconds % SECONDS_PER_SIGN;
    if (left >= TURN_SECONDS) {
      return;
    }
    double middle = BOARD_Y + BOARD_HEIGHT / 2.0;
    g.setPaint(SKY);
    g.fillRect(BOARD_X, BOARD_Y, BOARD_WIDTH, BOARD_HEIGHT);
    rods(g, (int) middle);
    AffineTransform before = g.getTransform();
    g.translate(0, middle);
    g.scale(1, Math.max(0.04, left / TURN_SECONDS));
    g.translate(0, -middle);
    board(g, sign);
    g.setTransform(before);
  }

  private void board(Graphics2D g, int sign) {
    g.setColor(Color.WHITE);
    g.fill(rounded(BOARD_X, BOARD_Y, BOARD_WIDTH, BOARD_HEIGHT, 40));
    g.setColor(BOARDS.get(sign));
    g.fill(rounded(BOARD_X + 8, BOARD_Y + 8, BOARD_WIDTH - 16, BOARD_HEIGHT - 16, 30));
    g.setColor(Color.WHITE);
    double middle = BOARD_X + BOARD_WIDTH / 2.0;
    g.fill(letters.centred(SIGNS.get(sign), middle, BOARD_Y + BOARD_HEIGHT / 2.0, 96, 680));
  }

  private static void clockFace(Graphics2D g) {
    g.setColor(new Color(0x1E252C));
    g.fill(circle(CLOCK_X, CLOCK_Y, 112));
    g.setColor(new Color(0xFDFDFB));
    g.fill(circle(CLOCK_X, CLOCK_Y, 100));
    g.setColor(new Color(0x1E252C));
    for (int tick = 0; tick < 12; tick++) {
      hand(g, tick / 12.0, 78, 92, tick % 3 == 0 ? 9 : 5);
    }
    g.fill(rounded(CLOCK_X - 150, CLOCK_Y + 126, 300, 96, 24));
  }

  private void hands(Graphics2D g, double seconds) {
    g.setColor(new Color(0x1E252C));
    hand(g, (10 + seconds / 3600) / 12, -14, 50, 11);
    hand(g, (8 + seconds / 60) / 60, -16, 76, 8);
    g.setColor(new Color(0xC8322F));
    hand(g, Math.floor(seconds) / 60, -20, 84, 4);
    g.fill(circle(CLOCK_X, CLOCK_Y, 8));
    g.setColor(new Color(0xFFE9A8));
    int whole = (int) seconds;
    String time = String.format(Locale.ROOT, "%02d:%02d", whole / 60, whole % 60);
    g.fill(letters.centred(time, CLOCK_X, CLOCK_Y + 174, 58, 260));
  }

  private static void hand(Graphics2D g, double turn, double from, double to, double thick) {
    double sin = Math.sin(turn * 2 * Math.PI);
    double cos = -Math.cos(turn * 2 * Math.PI);
    g.setStroke(new BasicStroke((float) thick, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    g.draw(
        new Line2D.Double(
            CLOCK_X + from * sin, CLOCK_Y + from * cos, CLOCK_X + to * sin, CLOCK_Y + to * cos));
  }

  private static double wrap(double x, double margin) {
    return (x + margin) % (WIDTH + 2 * margin) - margin;
  }

  private static Ellipse2D circle(double x, double y, double radius) {
    return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
  }

  private static RoundRectangle2D rounded(
      double x, double y, double width, double height, double corner) {
    return new RoundRectangle2D.Double(x, y, width, height, corner, corner);
  }

  private static Graphics2D graphics(BufferedImage image) {
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    return g;
  }
}
