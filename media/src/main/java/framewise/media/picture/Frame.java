package framewise.media.picture;

import framewise.media.MediaTime;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One upright picture in pooled native memory. Its owner closes it exactly once; a second {@link
 * #close} does nothing. {@link #share} gives another owner the same picture. Until it is closed,
 * any number of threads may read its pixels, which never change.
 */
public final class Frame implements AutoCloseable {
  private final MediaTime time;
  private final int width;
  private final int height;
  private final PixelFormat format;
  private final FramePool.Buffer buffer;
  private final MemorySegment pixels;
  private final AtomicBoolean closed = new AtomicBoolean();

  Frame(MediaTime time, int width, int height, PixelFormat format, FramePool.Buffer buffer) {
    this.time = time;
    this.width = width;
    this.height = height;
    this.format = format;
    this.buffer = buffer;
    this.pixels = buffer.segment().asReadOnly();
  }

  /** A {@link PixelFormat#BGR24} frame of an image; transparent pixels become black. */
  public static Frame of(BufferedImage image, MediaTime time) {
    int width = image.getWidth();
    int height = image.getHeight();
    BufferedImage bgr = image;
    if (image.getType() != BufferedImage.TYPE_3BYTE_BGR || image.getRaster().getParent() != null) {
      bgr = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
      Graphics2D graphics = bgr.createGraphics();
      graphics.drawImage(image, 0, 0, null);
      graphics.dispose();
    }
    byte[] bytes = ((DataBufferByte) bgr.getRaster().getDataBuffer()).getData();
    return of(MemorySegment.ofArray(bytes), width, height, PixelFormat.BGR24, time);
  }

  /**
   * A frame with a copy of pixels laid out in {@code format}.
   *
   * @throws IllegalArgumentException when there are fewer bytes than such a picture has
   */
  public static Frame of(
      MemorySegment pixels, int width, int height, PixelFormat format, MediaTime time) {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("a picture can't be " + width + "x" + height);
    }
    long bytes = format.bytes(width, height);
    if (pixels.byteSize() < bytes) {
      throw new IllegalArgumentException(
          "a picture of %dx%d in %s takes %d bytes, not %d"
              .formatted(width, height, format, bytes, pixels.byteSize()));
    }
    FramePool.Buffer buffer = FramePool.take(bytes);
    MemorySegment.copy(pixels, 0, buffer.segment(), 0, bytes);
    return new Frame(time, width, height, format, buffer);
  }

  /** When the picture is shown, on the video's clock. */
  public MediaTime time() {
    return time;
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  public PixelFormat format() {
    return format;
  }

  /** The pixels in the layout of {@link #format}, read-only; access after close throws. */
  public MemorySegment pixels() {
    return pixels;
  }

  /**
   * Another frame of the same picture in the same memory. Each owner closes its own; the memory is
   * free after the last close.
   *
   * @throws IllegalStateException when this one is closed
   */
  public Frame share() {
    if (closed.get() || !buffer.hold()) {
      throw new IllegalStateException("the frame is closed");
    }
    return new Frame(time, width, height, format, buffer);
  }

  /**
   * A copy of the picture, stretched to the given size and converted. The caller closes it; this
   * frame is unchanged.
   */
  public Frame convert(int width, int height, PixelFormat format) {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("a picture can't be " + width + "x" + height);
    }
    if (width == this.width && height == this.height && format == this.format) {
      return of(pixels, width, height, format, time);
    }
    FramePool.Buffer target = FramePool.take(format.bytes(width, height));
    try (Scaler scaler = new Scaler()) {
      scaler.scale(this, target.address(), width, height, format);
    } catch (RuntimeException e) {
      target.close();
      throw e;
    }
    return new Frame(time, width, height, format, target);
  }

  /**
   * The picture as a baseline JPEG.
   *
   * @param quality 1 (smallest) to 100 (best)
   */
  public byte[] jpeg(int quality) {
    return jpeg(width, height, quality);
  }

  /**
   * The picture as a baseline JPEG, stretched to the given size.
   *
   * @param quality 1 (smallest) to 100 (best)
   */
  public byte[] jpeg(int width, int height, int quality) {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("a picture can't be " + width + "x" + height);
    }
    return JpegEncoder.encode(this, width, height, quality);
  }

  /** Like {@link #jpeg(int)}, but scaled down to fit the given size. */
  public EncodedPicture jpeg(FrameSize most, int quality) {
    FrameSize.Dimensions fitted = most.fit(width, height);
    return new EncodedPicture(
        time, fitted.width(), fitted.height(), jpeg(fitted.width(), fitted.height(), quality));
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      buffer.close();
    }
  }

  /** The address of the pixels, for native code. */
  long address() {
    if (closed.get()) {
      throw new IllegalStateException("the frame is closed");
    }
    return buffer.address();
  }
}
