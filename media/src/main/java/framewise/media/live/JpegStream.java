package framewise.media.live;

import framewise.media.network.UrlFault;
import framewise.media.network.UrlFault.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The pictures of a web camera that sends one JPEG after another, in any framing. Most cameras send
 * {@code multipart/x-mixed-replace}, but hardly two agree on boundaries, headers and lengths, so
 * the framing is ignored: {@link JpegScan} finds where each JPEG starts and ends. FFmpeg reads them
 * from here as its demuxer for such cameras expects: parts with a boundary, a type and the right
 * length. Used by one thread.
 */
final class JpegStream implements Feed {
  /** FFmpeg's name of the demuxer for this format. */
  static final String DEMUXER = "mpjpeg";

  /** Largest accepted picture; one of 8192x8192 pixels takes less. */
  private static final int MAX_PICTURE_BYTES = 32 << 20;

  /** After this many bytes without a picture, the stream is not a camera's. */
  private static final int MAX_BYTES_WITHOUT_PICTURE = 32 << 20;

  private static final int READ_BYTES = 64 << 10;
  private static final byte[] END_OF_IMAGE = {(byte) 0xff, (byte) 0xd9};

  /** Called before each wait for more bytes. */
  interface WaitCheck {
    /**
     * Returns if waiting is worthwhile.
     *
     * @throws IOException when it is time to give up
     */
    void require() throws IOException;
  }

  private final Feed in;
  private final WaitCheck patience;
  private final JpegScan scan = new JpegScan();
  private byte[] buffer = new byte[2 * READ_BYTES];
  private int length;

  /** Bytes that FFmpeg has not read yet. */
  private byte[] part = {};

  private int partRead;
  private long between;
  private boolean any;
  private boolean over;

  /** Whether the camera ends its pictures properly; then one without an end was cut off. */
  private boolean endsAreSent;

  /**
   * @param in closed with this
   */
  JpegStream(Feed in, WaitCheck patience) {
    this.in = in;
    this.patience = patience;
  }

  @Override
  public int read(byte[] into, int most) throws IOException {
    while (partRead == part.length) {
      Optional<byte[]> picture = next();
      if (picture.isEmpty()) {
        return -1;
      }
      part = wrapped(picture.get());
      partRead = 0;
    }
    int size = Math.min(most, part.length - partRead);
    System.arraycopy(part, partRead, into, 0, size);
    partRead += size;
    return size;
  }

  @Override
  public void close() {
    in.close();
  }

  /** The next picture; empty when the camera ends. */
  private Optional<byte[]> next() throws IOException {
    while (true) {
      switch (scan.look(buffer, length)) {
        case WHOLE -> {
          endsAreSent = true;
          return Optional.of(take(scan.place(), false));
        }
        case CUT_SHORT -> {
          if (!endsAreSent) {
            return Optional.of(take(scan.place(), true));
          }
          pass(scan.place());
        }
        case NONE -> pass(scan.place());
        case UNFINISHED -> {
          if (over) {
            return last();
          }
          if (length >= MAX_PICTURE_BYTES) {
            pass(1);
          } else {
            fill();
          }
        }
      }
    }
  }

  /** The rest when no more bytes arrive. */
  private Optional<byte[]> last() throws UrlFault {
    if (scan.hasPixels() && !endsAreSent) {
      return Optional.of(take(length, true));
    }
    if (!any) {
      throw new UrlFault(Kind.NO_VIDEO, "There is no JPEG picture at this address.");
    }
    return Optional.empty();
  }

  private void fill() throws IOException {
    patience.require();
    byte[] more = new byte[READ_BYTES];
    int got = in.read(more, more.length);
    if (got < 0) {
      over = true;
      return;
    }
    if (length + got > buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
    System.arraycopy(more, 0, buffer, length, got);
    length += got;
  }

  private byte[] take(int end, boolean cutShort) {
    byte[] picture = Arrays.copyOf(buffer, cutShort ? end + END_OF_IMAGE.length : end);
    if (cutShort) {
      System.arraycopy(END_OF_IMAGE, 0, picture, end, END_OF_IMAGE.length);
    }
    drop(end);
    between = 0;
    any = true;
    return picture;
  }

  private void pass(int bytes) throws UrlFault {
    drop(bytes);
    between += bytes;
    if (between > MAX_BYTES_WITHOUT_PICTURE) {
      throw new UrlFault(
          Kind.NO_VIDEO,
          "The last %d MB from this address contain no JPEG picture."
              .formatted(MAX_BYTES_WITHOUT_PICTURE >> 20));
    }
  }

  private void drop(int bytes) {
    System.arraycopy(buffer, bytes, buffer, 0, length - bytes);
    length -= bytes;
    scan.restart();
  }

  private static byte[] wrapped(byte[] picture) {
    byte[] head =
        "--picture\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n"
            .formatted(picture.length)
            .getBytes(StandardCharsets.ISO_8859_1);
    byte[] part = Arrays.copyOf(head, head.length + picture.length + 2);
    System.arraycopy(picture, 0, part, head.length, picture.length);
    part[part.length - 2] = '\r';
    part[part.length - 1] = '\n';
    return part;
  }
}
