package framewise.webrtc;

import framewise.media.memory.MemoryExhaustedException;
import framewise.media.memory.NativeMemory;

/** One remote peer's share of the memory budget, without its decoder's. Any thread may call it. */
final class ReceiverMemory implements AutoCloseable {
  /** A connection with its packet buffers and threads. */
  private static final long BASE_BYTES = 16L << 20;

  private final NativeMemory.Share share = NativeMemory.reserve("This connection", 0);
  private volatile boolean exhausted;

  /**
   * Reserves what every connection needs.
   *
   * @throws MemoryExhaustedException when the budget has too little left
   */
  void reserve() {
    share.resize(BASE_BYTES);
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
