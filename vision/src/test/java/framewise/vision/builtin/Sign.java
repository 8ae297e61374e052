package framewise.vision.builtin;

import framewise.media.MediaTime;
import framewise.media.picture.Frame;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/** A test picture of text: centred lines on a plain background. */
public record Sign(
    List<String> lines, Font font, Color ground, Color ink, double degrees, int width, int height) {
  public static Sign of(String... lines) {
    return new Sign(
        List.of(lines),
        new Font("DejaVu Sans", Font.PLAIN, 36),
        Color.WHITE,
        Color.BLACK,
        0,
        1280,
        720);
  }

  public Sign in(Font other) {
    return new Sign(lines, other, ground, ink, degrees, width, height);
  }

  public Sign coloured(Color newGround, Color newInk) {
    return new Sign(lines, font, newGround, newInk, degrees, width, height);
  }

  public Sign turned(double newDegrees) {
    return new Sign(lines, font, ground, ink, newDegrees, width, height);
  }

  public String text() {
    return String.join("\n", lines);
  }

  public BufferedImage image() {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(ground);
    graphics.fillRect(0, 0, width, height);
    graphics.setColor(ink);
    graphics.setFont(font);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.rotate(Math.toRadians(degrees), width / 2.0, height / 2.0);
    FontMetrics metrics = graphics.getFontMetrics();
    int lineHeight = (int) (font.getSize() * 1.7);
    int y = (height - lineHeight * lines.size()) / 2 + font.getSize();
    for (String line : lines) {
      graphics.drawString(line, (width - metrics.stringWidth(line)) / 2, y);
      y += lineHeight;
    }
    graphics.dispose();
    return image;
  }

  /** Draws the sign; the caller closes the frame. */
  public Frame frame() {
    return Frame.of(image(), MediaTime.ZERO);
  }
}
