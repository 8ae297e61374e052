package framewise.server.v1beta;

import framewise.media.MediaTime;
import framewise.media.picture.EncodedPicture;
import framewise.media.picture.Frame;
import framewise.media.picture.FrameSize;
import framewise.media.picture.JpegScans;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.FileImageInputStream;

/**
 * Decoder for pictures from clients. A file of 65 bytes can declare a picture of 300 MB, so the
 * sides are limited, large pictures are decoded at a fraction of their size, JPEGs have a limited
 * number of scans, and only one picture is decoded at a time. Thread-safe.
 */
final class SentPicture {
  private static final int MAX_SIDE = 16_384;
  private static final long MAX_PIXELS = 40_000_000;

  /** Maximum memory of one decoded picture, in bytes: enough for eight megapixels at full size. */
  private static final long MAX_BYTES = 32L << 20;

  /** Bytes per pixel assumed where the file does not declare its format. */
  private static final int ASSUMED_BYTES_PER_PIXEL = 4;

  private static final FrameSize SIZE = new FrameSize(1_280);
  private static final int QUALITY = 85;

  /** Fair, so that a caller with one picture waits for one of a caller with 32. */
  private final ReentrantLock decoding = new ReentrantLock(/* fair= */ true);

  /**
   * The picture in a file, as a JPEG with a long side of at most 1280 pixels.
   *
   * @throws framewise.server.http.ProblemException 400 when it is too large, broken or of an
   *     unsupported format
   */
  EncodedPicture decode(Path file) throws InterruptedException {
    decoding.lockInterruptibly();
    try (var in = new FileImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw ChatFault.MEDIA_INVALID.because(
            "An image_url is not a JPEG, PNG, GIF or BMP picture.");
      }
      ImageReader reader = readers.next();
      try {
        if (reader.getFormatName().equals("JPEG")) {
          requireFewScans(file);
        }
        reader.setInput(in, true, true);
        return encoded(reader);
      } finally {
        reader.dispose();
      }
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException broken) {
      throw ChatFault.MEDIA_INVALID.because("A picture is broken and cannot be decoded.");
    } finally {
      decoding.unlock();
    }
  }

  private static void requireFewScans(Path jpeg) throws IOException {
    try (InputStream in = Files.newInputStream(jpeg)) {
      if (JpegScans.tooMany(in)) {
        throw ChatFault.MEDIA_INVALID.because(
            "A JPEG has more than %d scans, which would take too long to decode."
                .formatted(JpegScans.MAX_SCANS));
      }
    }
  }

  private static EncodedPicture encoded(ImageReader reader) throws IOException {
    long width = reader.getWidth(0);
    long height = reader.getHeight(0);
    if (Math.max(width, height) > MAX_SIDE || width * height > MAX_PIXELS) {
      throw ChatFault.MEDIA_INVALID.because(
          "A picture is %d x %d but may have %d pixels a side and 40 million in all."
              .formatted(width, height, MAX_SIDE));
    }
    ImageReadParam every = reader.getDefaultReadParam();
    int step = (int) Math.ceil(Math.sqrt((double) width * height * pixel(reader) / MAX_BYTES));
    every.setSourceSubsampling(Math.max(1, step), Math.max(1, step), 0, 0);
    BufferedImage image = reader.read(0, every);
    try (Frame frame = Frame.of(image, MediaTime.ZERO)) {
      return frame.jpeg(SIZE, QUALITY);
    }
  }

  private static int pixel(ImageReader reader) throws IOException {
    return Optional.ofNullable(reader.getRawImageType(0))
        .map(ImageTypeSpecifier::getColorModel)
        .map(model -> Math.max(1, (model.getPixelSize() + 7) / 8))
        .orElse(ASSUMED_BYTES_PER_PIXEL);
  }
}
