package framewise.server.v1beta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import framewise.media.picture.EncodedPicture;
import framewise.media.picture.JpegScans;
import framewise.server.http.ProblemException;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Seen: a file of 65 bytes, the head of a PNG with 6300 x 6300 pixels of 8 bytes, ended the
 * process.
 */
class SentPicturesTakeLittleMemoryTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long MAX_ALLOCATED_BYTES = 100L << 20;
  private static final int SIXTEEN_BIT_RGBA = 16 << 8 | 6;
  private static final int ONE_BIT_GREY = 1 << 8;

  @TempDir Path folder;

  private final SentPicture pictures = new SentPicture();

  @Test
  void aDeclaredSizeAlone() throws Exception {
    Path png = png(6_300, 6_300, SIXTEEN_BIT_RGBA);
    assertThat(Files.size(png)).isLessThan(100);
    refused(png, "broken");
  }

  @Test
  void anOversizedPicture() throws Exception {
    refused(png(39_000_000, 1, ONE_BIT_GREY), "39000000 x 1 but may have 16384 pixels a side");
    refused(png(16_000, 16_000, ONE_BIT_GREY), "40 million");
  }

  @Test
  void largePicturesKeepTheirColours() throws Exception {
    BufferedImage image = new BufferedImage(6_000, 4_000, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D g = image.createGraphics();
    g.setColor(Color.RED);
    g.fillRect(0, 0, 3_000, 4_000);
    g.setColor(Color.BLUE);
    g.fillRect(3_000, 0, 3_000, 4_000);
    g.dispose();
    Path png = folder.resolve("large.png");
    ImageIO.write(image, "png", png.toFile());
    long before = THREADS.getCurrentThreadAllocatedBytes();
    EncodedPicture shown = pictures.decode(png);
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(MAX_ALLOCATED_BYTES);
    BufferedImage seen = ImageIO.read(new ByteArrayInputStream(shown.jpeg()));
    assertThat(seen.getWidth()).isEqualTo(1_280);
    assertThat(seen.getHeight()).isBetween(852, 854);
    assertThat(new Color(seen.getRGB(300, 400)).getRed()).isGreaterThan(200);
    assertThat(new Color(seen.getRGB(1_000, 400)).getBlue()).isGreaterThan(200);
  }

  /** Seen: 200 kB of scans that refine 40 million pixels kept the decoder busy for minutes. */
  @Test
  void endlesslyProgressivePictures() throws Exception {
    var image = new BufferedImage(64, 64, BufferedImage.TYPE_3BYTE_BGR);
    var jpeg = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", jpeg);
    byte[] once = jpeg.toByteArray();
    Path file = folder.resolve("scans.jpg");
    Files.write(file, once);
    assertThat(pictures.decode(file).jpeg()).isNotEmpty();
    int scan = once.length - 2;
    while (once[scan] != (byte) 0xff || once[scan + 1] != (byte) 0xda) {
      scan--;
    }
    var many = new ByteArrayOutputStream();
    many.write(once, 0, scan);
    for (int i = 0; i <= JpegScans.MAX_SCANS; i++) {
      many.write(once, scan, once.length - 2 - scan);
    }
    many.write(once, once.length - 2, 2);
    Files.write(file, many.toByteArray());
    refused(file, "more than 50 scans");
  }

  private void refused(Path png, String reason) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    assertThatThrownBy(() -> pictures.decode(png))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(reason);
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(MAX_ALLOCATED_BYTES);
  }

  /** A PNG without pixel data. */
  private Path png(int width, int height, int depthAndColour) throws Exception {
    var head = new ByteArrayOutputStream();
    var fields = new DataOutputStream(head);
    fields.writeInt(width);
    fields.writeInt(height);
    fields.writeShort(depthAndColour);
    fields.write(new byte[3]);
    var pixels = new ByteArrayOutputStream();
    try (var deflated = new DeflaterOutputStream(pixels)) {
      deflated.write(0);
    }
    var file = new ByteArrayOutputStream();
    var out = new DataOutputStream(file);
    out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    chunk(out, "IHDR", head.toByteArray());
    chunk(out, "IDAT", pixels.toByteArray());
    return Files.write(folder.resolve(width + ".png"), file.toByteArray());
  }

  private static void chunk(DataOutputStream out, String type, byte[] content) throws Exception {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    var sum = new CRC32();
    sum.update(name);
    sum.update(content);
    out.writeInt(content.length);
    out.write(name);
    out.write(content);
    out.writeInt((int) sum.getValue());
  }
}
