package framewise.engine.bundle;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Checks pictures from outside before anything decodes them. */
final class JpegHeader {
  private static final int MAX_SIDE = 8_192;
  private static final int BYTES_PER_PIXEL = 3;
  private static final int MAX_HEADERS = 64 << 10;

  private JpegHeader() {}

  /**
   * Whether a JPEG of this size, in pixels, can have that many bytes; larger files must be padded.
   */
  static boolean canHave(int bytes, int width, int height) {
    return bytes <= (long) width * height * BYTES_PER_PIXEL + MAX_HEADERS;
  }

  /** Whether the bytes begin like a JPEG of this size, in pixels. */
  static boolean has(byte[] bytes, int width, int height) {
    if (bytes.length < 4
        || (bytes[0] & 0xff) != 0xff
        || (bytes[1] & 0xff) != 0xd8
        || Math.max(width, height) > MAX_SIDE) {
      return false;
    }
    ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
    try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      reader.setInput(in, true, true);
      return reader.getWidth(0) == width && reader.getHeight(0) == height;
    } catch (IOException | RuntimeException noJpeg) {
      return false;
    } finally {
      reader.dispose();
    }
  }
}
