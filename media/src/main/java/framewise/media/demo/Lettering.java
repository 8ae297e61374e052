package framewise.media.demo;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Text as shapes, with letters that ship with the program. Java's own text needs fonts and a font
 * configuration from the operating system, and a server may have neither. Supports capitals,
 * digits, colon and space.
 */
final class Lettering {
  private static final double UNITS_PER_EM = 1000;

  private record Glyph(double advance, Path2D outline) {}

  private final Map<Character, Glyph> glyphs = new HashMap<>();

  Lettering() {
    try (InputStream in = Lettering.class.getResourceAsStream("glyphs.txt")) {
      if (in == null) {
        throw new IllegalStateException("glyphs.txt is not in the jar");
      }
      new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(this::read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The text, its visible part centred on a point; its capitals have the given height in pixels, or
   * less if the text would be too wide.
   */
  Shape centred(String text, double x, double y, double capHeight, double maxWidth) {
    Path2D path = line(text);
    Rectangle2D bounds = path.getBounds2D();
    double scale =
        Math.min(capHeight / line("H").getBounds2D().getHeight(), maxWidth / bounds.getWidth());
    AffineTransform place = AffineTransform.getTranslateInstance(x, y);
    place.scale(scale, scale);
    place.translate(-bounds.getCenterX(), -bounds.getCenterY());
    return place.createTransformedShape(path);
  }

  private Path2D line(String text) {
    Path2D path = new Path2D.Double();
    double x = 0;
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      Glyph glyph = glyphs.get(letter);
      if (glyph == null) {
        throw new IllegalArgumentException("no glyph for " + letter);
      }
      path.append(
          AffineTransform.getTranslateInstance(x, 0).createTransformedShape(glyph.outline), false);
      x += glyph.advance;
    }
    return path;
  }

  private void read(String line) {
    Iterator<String> words = Arrays.asList(line.split(" ")).iterator();
    char letter = (char) Integer.parseInt(words.next());
    double advance = number(words);
    Path2D outline = new Path2D.Double(Path2D.WIND_NON_ZERO);
    while (words.hasNext()) {
      switch (words.next()) {
        case "M" -> outline.moveTo(number(words), number(words));
        case "L" -> outline.lineTo(number(words), number(words));
        case "Q" -> outline.quadTo(number(words), number(words), number(words), number(words));
        default -> outline.closePath();
      }
    }
    glyphs.put(letter, new Glyph(advance, outline));
  }

  private static double number(Iterator<String> words) {
    return Integer.parseInt(words.next()) / UNITS_PER_EM;
  }
}
