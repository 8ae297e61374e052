package framewise.media.picture;

import framewise.media.Ffmpeg;
import framewise.media.MediaFault;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Pointer;

/**
 * The native memory behind all frames of the process. Returned buffers are kept, up to {@link
 * #MAX_IDLE_BYTES}, for later frames of the same size. Thread-safe.
 */
public final class FramePool {
  /** Most idle bytes kept for reuse; anything beyond is freed at once. */
  public static final long MAX_IDLE_BYTES = 64L << 20;

  /** swscale's vector code may write past the last pixel of the last row. */
  private static final int SLACK_BYTES = 256;

  private static final Map<Long, ArrayDeque<Pointer>> IDLE = new HashMap<>();
  private static final AtomicInteger IN_USE = new AtomicInteger();
  private static final AtomicLong IN_USE_BYTES = new AtomicLong();
  private static long idleBytes;

  private FramePool() {}

  /** Open frames: 0 when no one holds one. */
  public static int inUse() {
    return IN_USE.get();
  }

  /** Native bytes behind {@link #inUse}. */
  public static long inUseBytes() {
    return IN_USE_BYTES.get();
  }

  static Buffer take(long bytes) {
    Ffmpeg.load();
    Pointer memory = idle(bytes);
    if (memory == null) {
      memory = avutil.av_malloc(bytes + SLACK_BYTES);
      if (memory == null || memory.isNull()) {
        throw new MediaFault("Not enough memory for a frame of " + bytes + " bytes");
      }
    }
    IN_USE.incrementAndGet();
    IN_USE_BYTES.addAndGet(bytes);
    return new Buffer(memory, bytes);
  }

  private static synchronized @org.jspecify.annotations.Nullable Pointer idle(long bytes) {
    ArrayDeque<Pointer> same = IDLE.get(bytes);
    if (same == null) {
      return null;
    }
    Pointer memory = same.pop();
    if (same.isEmpty()) {
      IDLE.remove(bytes);
    }
    idleBytes -= bytes;
    return memory;
  }

  private static void release(Pointer memory, long bytes) {
    IN_USE.decrementAndGet();
    IN_USE_BYTES.addAndGet(-bytes);
    List<Pointer> spare = keep(memory, bytes);
    spare.forEach(avutil::av_free);
  }

  /** Keeps a returned buffer; the caller frees the returned surplus. */
  private static synchronized List<Pointer> keep(Pointer memory, long bytes) {
    List<Pointer> spare = new ArrayList<>();
    if (bytes > MAX_IDLE_BYTES) {
      spare.add(memory);
      return spare;
    }
    // Sizes that are no longer used make room for the current one.
    var sizes = IDLE.entrySet().iterator();
    while (idleBytes + bytes > MAX_IDLE_BYTES && sizes.hasNext()) {
      var size = sizes.next();
      while (idleBytes + bytes > MAX_IDLE_BYTES && !size.getValue().isEmpty()) {
        spare.add(size.getValue().pop());
        idleBytes -= size.getKey();
      }
      if (size.getValue().isEmpty()) {
        sizes.remove();
      }
    }
    IDLE.computeIfAbsent(bytes, any -> new ArrayDeque<>()).push(memory);
    idleBytes += bytes;
    return spare;
  }

  /**
   * Reference-counted memory. After its last owner closes it, it returns to the pool and its
   * segments become invalid.
   */
  static final class Buffer implements AutoCloseable {
    private final Pointer memory;
    private final long bytes;
    private final Arena life = Arena.ofShared();
    private final MemorySegment segment;
    private final AtomicInteger holders = new AtomicInteger(1);

    private Buffer(Pointer memory, long bytes) {
      this.memory = memory;
      this.bytes = bytes;
      this.segment = MemorySegment.ofAddress(memory.address()).reinterpret(bytes, life, null);
    }

    MemorySegment segment() {
      return segment;
    }

    long address() {
      return memory.address();
    }

    /** Adds an owner; false when the memory was already returned. */
    boolean hold() {
      return holders.getAndUpdate(held -> held == 0 ? 0 : held + 1) > 0;
    }

    /** Each owner calls it once; {@link Frame} ensures that. */
    @Override
    public void close() {
      if (holders.decrementAndGet() == 0) {
        life.close();
        release(memory, bytes);
      }
    }
  }
}
