package framewise.webrtc.receiver;

import java.util.concurrent.atomic.AtomicLong;

/**
 * One connection's part of the heap that encoded video takes until it is decoded. The limits of
 * each connection would together exceed a small heap: all connections share an eighth of it, and
 * each may always have enough for ordinary pictures. Used by one thread; the total is shared by all
 * connections.
 */
final class EncodedVideoMemory implements AutoCloseable {
  /** Bytes that a connection may always hold: a key frame of 1080p has some 200 KB. */
  static final long ALWAYS = 512L << 10;

  private static final AtomicLong ALL = new AtomicLong();

  private final AtomicLong all;
  private final long max;
  private long held;

  EncodedVideoMemory() {
    this(ALL, Runtime.getRuntime().maxMemory() / 8);
  }

  /**
   * @param all bytes of all connections
   * @param max bytes that they share
   */
  EncodedVideoMemory(AtomicLong all, long max) {
    this.all = all;
    this.max = max;
  }

  /** Records the bytes held now; false when they exceed the limit and have to be dropped. */
  boolean resize(long bytes) {
    long sum = all.addAndGet(bytes - held);
    held = bytes;
    return bytes <= ALWAYS || sum <= max;
  }

  @Override
  public void close() {
    boolean _ = resize(0);
  }
}
