package framewise.vision.builtin;

import framewise.vision.builtin.picture.Picture;
import framewise.vision.builtin.picture.View;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;

/** A picture drawn by a test. */
public record DrawnView(BufferedImage image) implements View {
  @Override
  public int width() {
    return image.getWidth();
  }

  @Override
  public int height() {
    return image.getHeight();
  }

  @Override
  public Picture at(int width, int height) {
    BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = scaled.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    return new Picture(
        ((DataBufferByte) scaled.getRaster().getDataBuffer()).getData(), width, height);
  }
}
