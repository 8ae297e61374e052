package framewise.webrtc.payload;

import java.io.ByteArrayOutputStream;

/**
 * Collects a picture's bytes. Its memory use is known, and the memory of a large picture is freed
 * with the picture.
 */
final class PictureBuffer extends ByteArrayOutputStream {
  /** Bytes that are kept for the next picture. */
  private static final int KEPT = 64 << 10;

  private static final int FIRST = 1 << 10;

  PictureBuffer() {
    super(FIRST);
  }

  /** Bytes of memory, used or not. */
  synchronized int capacity() {
    return buf.length;
  }

  @Override
  public synchronized void reset() {
    super.reset();
    if (buf.length > KEPT) {
      buf = new byte[FIRST];
    }
  }
}
