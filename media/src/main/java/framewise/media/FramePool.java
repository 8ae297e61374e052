package framewise.media;

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
 * The native memory behind all frames of the process. Buffers that come back are kept, up to {@link
 * #MAX_IDLE_BYTES}, for the next frame of the same size. Safe for any number of threads.
 */
public final class FramePool {
  /** What is kept for later at most; more is freed at once. */
  public static final long MAX_IDLE_BYTES = 64L << 20;

  /** swscale's vector code may write past the last pixel of the last row. */
  private static final int SLACK_BYTES = 256;

  private static final Map<Long, ArrayDeque<Pointer>> IDLE = new HashMap<>();
  private static final AtomicInteger IN_USE = new AtomicInteger();
  private static final AtomicLong IN_USE_BYTES = new AtomicLong();
  private static long idleBytes;

  private FramePool() {}

  /** Frames that were made and are not closed yet: 0 when nobody holds one. */
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
        throw new MediaFault("No memory for a frame of " + bytes + " bytes");
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

  private static void giveBack(Pointer memory, long bytes) {
    IN_USE.decrementAndGet();
    IN_USE_BYTES.addAndGet(-bytes);
    List<Pointer> spare = keep(memory, bytes);
    spare.forEach(avutil::av_free);
  }

  /** Keeps the memory; what the pool then holds too much of is the caller's to free. */
  private static synchronized List<Pointer> keep(Pointer memory, long bytes) {
    List<Pointer> spare = new ArrayList<>();
    if (bytes > MAX_IDLE_BYTES) {
      spare.add(memory);
      return spare;
    }
    // Sizes that nobody asks for any more make room for the one in use now.
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
   * Memory on loan. Once all who hold it have closed it, it goes back and segments made of it are
   * dead.
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

    /** One more holds it; false when it went back already. */
    boolean hold() {
      return holders.getAndUpdate(held -> held == 0 ? 0 : held + 1) > 0;
    }

    /** Called once by each who holds it; {@link Frame} sees to that. */
    @Override
    public void close() {
      if (holders.decrementAndGet() == 0) {
        life.close();
        giveBack(memory, bytes);
      }
    }
  }
}
