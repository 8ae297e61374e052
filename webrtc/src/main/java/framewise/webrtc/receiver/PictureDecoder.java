package framewise.webrtc.receiver;

import framewise.media.decode.LiveCodec;
import framewise.media.decode.LiveDecoder;
import framewise.media.memory.MemoryExhaustedException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes one video's pictures on a thread of its own, so that a large picture delays no packet.
 * The queue to it is short: when decoding falls behind, the caller continues with a later key
 * frame. Thread-safe.
 */
final class PictureDecoder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PictureDecoder.class);

  /** Half a second at 60 pictures a second. */
  private static final int MAX_PICTURES = 30;

  /** Maximum encoded bytes that wait: two of the largest pictures. */
  private static final long MAX_BYTES = 8L << 20;

  private static final long CLOSES_WITHIN_MILLIS = 5_000;

  private final int maxSide;
  private final PictureSink sink;
  private final BlockingQueue<CodedPicture> queue = new ArrayBlockingQueue<>(MAX_PICTURES);
  private final AtomicLong queuedBytes = new AtomicLong();
  private final AtomicLong decoded = new AtomicLong();
  private final AtomicLong keys = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final Thread thread;
  private volatile @Nullable LiveDecoder decoder;
  private volatile @Nullable LiveCodec codec;
  private volatile boolean needsKey;
  private volatile boolean closed;
  private volatile int width;
  private volatile int height;

  PictureDecoder(int maxSide, PictureSink sink) {
    this.maxSide = maxSide;
    this.sink = sink;
    this.thread = Thread.ofPlatform().daemon().name("webrtc-decoder").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Queues a picture; false when decoding has fallen behind. */
  boolean offer(CodedPicture picture) {
    int bytes = picture.picture().bytes().length;
    if (queuedBytes.get() + bytes > MAX_BYTES || !queue.offer(picture)) {
      return false;
    }
    queuedBytes.addAndGet(bytes);
    return true;
  }

  /** Encoded bytes that wait. */
  long queuedBytes() {
    return queuedBytes.get();
  }

  /** Whether a picture came out broken since the last call, so that a key frame is needed. */
  boolean takeKeyNeed() {
    boolean needed = needsKey;
    needsKey = false;
    return needed;
  }

  long decoded() {
    return decoded.get();
  }

  long keysDecoded() {
    return keys.get();
  }

  /** Pictures that could not be decoded. */
  long failures() {
    return failed.get();
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** The codec of the newest picture; empty before the first. */
  Optional<LiveCodec> codec() {
    return Optional.ofNullable(codec);
  }

  /** Bytes of the memory budget that the decoder holds. */
  long memoryBytes() {
    LiveDecoder open = decoder;
    return open == null ? 0 : open.reservedBytes();
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      if (thread.isAlive() && Thread.currentThread() != thread) {
        thread.join(CLOSES_WITHIN_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closed) {
        CodedPicture next = queue.take();
        queuedBytes.addAndGet(-next.picture().bytes().length);
        decode(next);
      }
    } catch (InterruptedException end) {
      LOG.trace("A decoder was interrupted");
    } catch (MemoryExhaustedException e) {
      LOG.debug("A video's pictures exceed the memory budget", e);
      sink.outOfMemory();
    } catch (RuntimeException e) {
      LOG.error("Decoding a video failed", e);
      sink.failed();
    } finally {
      LiveDecoder open = decoder;
      decoder = null;
      if (open != null) {
        open.close();
      }
    }
  }

  private void decode(CodedPicture next) {
    LiveDecoder open = decoder(next.codec());
    long damaged = open.damaged();
    Optional<LiveDecoder.DecodedPicture> picture = open.decode(next.picture().bytes());
    if (open.damaged() > damaged) {
      failed.incrementAndGet();
      needsKey = true;
    }
    if (picture.isPresent()) {
      LiveDecoder.DecodedPicture taken = picture.get();
      decoded.incrementAndGet();
      keys.addAndGet(next.picture().key() ? 1 : 0);
      width = taken.width();
      height = taken.height();
      codec = next.codec();
      sink.picture(taken, next.rotation(), next.nanos());
    }
  }

  private LiveDecoder decoder(LiveCodec wanted) {
    LiveDecoder open = decoder;
    if (open != null && open.codec() == wanted) {
      return open;
    }
    if (open != null) {
      decoder = null;
      open.close();
    }
    LiveDecoder made = LiveDecoder.open(wanted, maxSide);
    decoder = made;
    return made;
  }
}
