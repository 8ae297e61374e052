package framewise.media.demo;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;

/**
 * Photos of places with and without people, each panned slowly, under a sign and a clock. The
 * content of a picture depends on its time only. Used by one thread at a time.
 */
final class Scene {
  static final int WIDTH = 1280;
  static final int HEIGHT = 720;

  static final double SECONDS_PER_PHOTO = 3;

  /** Photos in order, with 0, 2, 1, 1, 4, 4, 2 and 2 people. */
  private static final List<String> PHOTOS =
      List.of(
          "empty-room",
          "corridor",
          "warehouse-1",
          "warehouse-2",
          "classroom",
          "classroom",
          "shop",
          "shop");

  private static final List<String> SIGNS =
      List.of("EXIT 42", "GATE B 16", "ROOM 7", "OPEN 9 TO 5");
  private static final double SECONDS_PER_SIGN = 6;

  /** One pixel a picture: whole pixels keep the photos sharp and the video small. */
  private static final int PAN_PER_SECOND = DemoClip.FPS;

  private static final List<Color> BOARDS =
      List.of(new Color(0x0B6B3A), new Color(0x3B2A66), new Color(0x12407F), new Color(0x7A1F2B));

  private static final Color CLOCK = new Color(0x1E252C);
  private static final Color DIGITS = new Color(0xFFE9A8);
  private static final int TOP = 40;
  private static final int BOARD_HEIGHT = 110;
  private static final int SIGN_X = 40;
  private static final int SIGN_WIDTH = 580;
  private static final int CLOCK_X = 1000;
  private static final int CLOCK_WIDTH = 240;
  private static final int CORNER = 28;
  private static final int BORDER = 6;
  private static final int CAPITALS = 54;

  private final Lettering letters = new Lettering();

  private String shownName = PHOTOS.getFirst();
  private Photo shown = Photo.named(shownName);

  BufferedImage blank() {
    return new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
  }

  /** Draws the scene over a whole picture from {@link #blank}. */
  void draw(BufferedImage picture, double seconds) {
    photo(seconds).copyTo(picture, pan(seconds));
    Graphics2D g = graphics(picture);
    int sign = at(seconds, SECONDS_PER_SIGN, SIGNS);
    board(g, SIGN_X, SIGN_WIDTH, BOARDS.get(sign), Color.WHITE, SIGNS.get(sign));
    int whole = (int) seconds;
    String time = String.format(Locale.ROOT, "%02d:%02d", whole / 60, whole % 60);
    board(g, CLOCK_X, CLOCK_WIDTH, CLOCK, DIGITS, time);
    g.dispose();
  }

  /** Consecutive pictures mostly show the same photo: one is kept. */
  private Photo photo(double seconds) {
    String name = PHOTOS.get(at(seconds, SECONDS_PER_PHOTO, PHOTOS));
    if (!name.equals(shownName)) {
      shown = Photo.named(name);
      shownName = name;
    }
    return shown;
  }

  private static int pan(double seconds) {
    return (int) Math.round(seconds * PAN_PER_SECOND) % (int) (SECONDS_PER_SIGN * PAN_PER_SECOND);
  }

  private void board(Graphics2D g, int x, int width, Color back, Color front, String text) {
    g.setColor(front);
    g.fill(rounded(x, TOP, width, BOARD_HEIGHT, CORNER));
    g.setColor(back);
    int inner = width - 2 * BORDER;
    g.fill(rounded(x + BORDER, TOP + BORDER, inner, BOARD_HEIGHT - 2 * BORDER, CORNER - BORDER));
    g.setColor(front);
    double room = inner - CORNER;
    g.fill(letters.centred(text, x + width / 2.0, TOP + BOARD_HEIGHT / 2.0, CAPITALS, room));
  }

  private static int at(double seconds, double each, List<?> things) {
    return (int) (seconds / each) % things.size();
  }

  private static RoundRectangle2D rounded(int x, int y, int width, int height, int corner) {
    return new RoundRectangle2D.Double(x, y, width, height, corner, corner);
  }

  private static Graphics2D graphics(BufferedImage image) {
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    return g;
  }
}
