package framewise.media.memory;

import framewise.media.GlibcHeap;
import framewise.media.OutOfRangeException;
import framewise.media.picture.FramePool;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The budget for memory outside the Java heap: decoders, received pictures, models. The process has
 * one native heap and so one budget. Large users reserve memory first, and are refused when the
 * budget is used up. Thread-safe.
 */
public final class NativeMemory {
  private static final AtomicLong LIMIT = new AtomicLong(Long.MAX_VALUE);
  private static final AtomicLong RESERVED = new AtomicLong();
  private static final AtomicLong REFUSALS = new AtomicLong();

  private NativeMemory() {}

  /**
   * Sets the budget. Existing reservations stay.
   *
   * @param bytes 1 or more; {@link Long#MAX_VALUE}, the initial value, for no limit
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

  /** Bytes reserved, plus the bytes of open frames of the {@link FramePool}. */
  public static long used() {
    return RESERVED.get() + FramePool.inUseBytes();
  }

  /** Reservations refused since the process started. */
  public static long refusals() {
    return REFUSALS.get();
  }

  /** Bytes that the C library has allocated; empty when it is not glibc. */
  public static Optional<Long> allocated() {
    return GlibcHeap.allocated();
  }

  /**
   * Reserves memory.
   *
   * @param purpose what needs the memory, as the subject of a sentence: {@code This video}
   * @param bytes 0 or more
   * @throws MemoryExhaustedException when the budget has less left
   */
  public static Share reserve(String purpose, long bytes) {
    var share = new Share(purpose);
    share.resize(bytes);
    return share;
  }

  /** A part of the budget; closing it gives it back. Thread-safe. */
  public static final class Share implements AutoCloseable {
    private final String purpose;
    private long bytes;
    private boolean closed;

    private Share(String purpose) {
      this.purpose = purpose;
    }

    /** Reserved bytes; 0 after close. */
    public synchronized long bytes() {
      return bytes;
    }

    /**
     * Changes the reservation to what is needed now. Does nothing after close.
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
