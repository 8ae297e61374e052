package framewise.webrtc;

import framewise.media.memory.MemoryExhaustedException;
import framewise.media.memory.NativeMemory;

/**
 * One remote peer's share of the memory budget, without our own decoder's. The native library
 * allocates its pictures itself, so their size is known only after the first is decoded. Any thread
 * may call it.
 */
final class ReceiverMemory implements AutoCloseable {
  /** A connection with its packet buffers and threads. */
  private static final long BASE_BYTES = 16L << 20;

  /** The decoder's references, one picture being decoded, one waiting to be taken. */
  private static final int PICTURES = 8;

  private final NativeMemory.Share share = NativeMemory.reserve("This connection", 0);
  private volatile boolean exhausted;
  private long largest;

  /**
   * Reserves what every connection needs.
   *
   * @throws MemoryExhaustedException when the budget has too little left
   */
  void reserve() {
    share.resize(BASE_BYTES);
  }

  /** Whether the budget has room for pictures of this size, in pixels. */
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

  /** Notes that the budget has no room for the pictures. */
  void exhaust() {
    exhausted = true;
  }

  /** Reserved bytes. */
  long bytes() {
    return share.bytes();
  }

  /** Whether pictures were refused for lack of memory. */
  boolean isExhausted() {
    return exhausted;
  }

  @Override
  public void close() {
    share.close();
  }
}
