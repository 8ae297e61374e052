package framewise.media.demo;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A photo that ships with the program, somewhat larger than a picture, so that the picture can pan
 * over it.
 */
final class Photo {
  /** Pixels that the photo is wider than a picture. */
  static final int MARGIN = 64;

  private static final int WIDTH = Scene.WIDTH + MARGIN;
  private static final int HEIGHT = Scene.HEIGHT + MARGIN * Scene.HEIGHT / Scene.WIDTH;
  private static final int TOP = (HEIGHT - Scene.HEIGHT) / 2;
  private static final int BYTES_PER_PIXEL = 3;

  private final byte[] pixels;

  private Photo(byte[] pixels) {
    this.pixels = pixels;
  }

  /**
   * Reads a JPEG beside this class. Needs no temporary file.
   *
   * @param name file name without its extension
   */
  static Photo named(String name) {
    String file = name + ".jpg";
    try (InputStream in = Photo.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is not in the jar");
      }
      return new Photo(pixels(scaled(ImageIO.read(new MemoryCacheImageInputStream(in)))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Copies a part of the photo over a whole picture.
   *
   * @param left 0 to {@link #MARGIN}, in pixels
   */
  void copyTo(BufferedImage picture, int left) {
    byte[] target = pixels(picture);
    int row = Scene.WIDTH * BYTES_PER_PIXEL;
    for (int y = 0; y < Scene.HEIGHT; y++) {
      int start = ((y + TOP) * WIDTH + left) * BYTES_PER_PIXEL;
      System.arraycopy(pixels, start, target, y * row, row);
    }
  }

  private static BufferedImage scaled(BufferedImage photo) {
    var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    g.drawImage(photo, 0, 0, WIDTH, HEIGHT, null);
    g.dispose();
    return image;
  }

  private static byte[] pixels(BufferedImage image) {
    return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
  }
}
