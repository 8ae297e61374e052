package framewise.media;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The budget for memory outside the Java heap: decoders, received pictures, models. The process has
 * one native heap, so it has one budget. Whoever is about to take much memory reserves it first and
 * is refused when the budget is used up. Safe for any number of threads.
 */
public final class NativeMemory {
  private static final AtomicLong LIMIT = new AtomicLong(Long.MAX_VALUE);
  private static final AtomicLong RESERVED = new AtomicLong();
  private static final AtomicLong REFUSALS = new AtomicLong();

  private NativeMemory() {}

  /**
   * Sets the budget. What is reserved already stays.
   *
   * @param bytes 1 or more; {@link Long#MAX_VALUE} for no limit, as at first
   */
  public static void limit(long bytes) {
    if (bytes < 1) {
      throw new OutOfRangeException("limit", bytes, "1 or more");
    }
    LIMIT.set(bytes);
  }

  /** The budget in bytes. */
  public static long limit() {
    return LIMIT.get();
  }

  /** Bytes that are reserved, or lent out by the {@link FramePool}. */
  public static long used() {
    return RESERVED.get() + FramePool.inUseBytes();
  }

  /** How often a reservation was refused since the process began. */
  public static long refusals() {
    return REFUSALS.get();
  }

  /** Bytes that the C library has handed out; empty where it is not glibc. */
  public static Optional<Long> allocated() {
    return GlibcHeap.allocated();
  }

  /**
   * Reserves memory.
   *
   * @param purpose who needs it, as the subject of a sentence: {@code This video}
   * @param bytes 0 or more
   * @throws MemoryExhaustedException when the budget has less left
   */
  public static Share reserve(String purpose, long bytes) {
    var share = new Share(purpose);
    share.resize(bytes);
    return share;
  }

  /** A part of the budget; closing gives it back. Safe for any number of threads. */
  public static final class Share implements AutoCloseable {
    private final String purpose;
    private long bytes;
    private boolean closed;

    private Share(String purpose) {
      this.purpose = purpose;
    }

    /** Bytes reserved; 0 once it is closed. */
    public synchronized long bytes() {
      return bytes;
    }

    /**
     * Makes it as large as is needed now. Does nothing once it is closed.
     *
     * @throws MemoryExhaustedException when the budget has less left; the share stays as it was
     */
    public synchronized void resize(long needed) {
      if (closed) {
        return;
      }
      long more = needed - bytes;
      if (more > 0) {
        long limit = LIMIT.get();
        long frames = FramePool.inUseBytes();
        long before = RESERVED.getAndUpdate(now -> more > limit - frames - now ? now : now + more);
        if (more > limit - frames - before) {
          REFUSALS.incrementAndGet();
          throw new MemoryExhaustedException(purpose, needed, before + frames - bytes, limit);
        }
      } else {
        RESERVED.addAndGet(more);
      }
      bytes = needed;
    }

    @Override
    public synchronized void close() {
      resize(0);
      closed = true;
    }
  }
}
