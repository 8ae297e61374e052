package framewise.webrtc;

import framewise.media.MemoryExhaustedException;
import framewise.media.NativeMemory;

/**
 * The share of the memory budget that one far end has. The native library allocates its pictures
 * itself, so their size is known only once the first has been decoded. Any thread may call.
 */
final class ReceiverMemory implements AutoCloseable {
  /** A connection with its buffers for packets and its threads. */
  private static final long BASE_BYTES = 16L << 20;

  /** What the decoder keeps to decode others by, one being decoded, one that waits to be taken. */
  private static final int PICTURES = 8;

  private final NativeMemory.Share share = NativeMemory.reserve("This connection", 0);
  private volatile boolean exhausted;
  private long largest;

  /**
   * Reserves what every connection takes.
   *
   * @throws MemoryExhaustedException when the budget has no room for it
   */
  void reserve() {
    share.resize(BASE_BYTES);
  }

  /** Whether there is room for pictures of this size, in pixels. */
  synchronized boolean fits(int width, int height) {
    long pixels = (long) width * height;
    if (pixels > largest && !exhausted) {
      try {
        share.resize(BASE_BYTES + PICTURES * pixels * 3 / 2);
        largest = pixels;
      } catch (MemoryExhaustedException e) {
        exhausted = true;
      }
    }
    return !exhausted;
  }

  /** Bytes reserved. */
  long bytes() {
    return share.bytes();
  }

  /** Whether pictures came for which there was no room. */
  boolean isExhausted() {
    return exhausted;
  }

  @Override
  public void close() {
    share.close();
  }
}
