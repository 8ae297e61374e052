package framewise.media.live;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A buffer that reads ahead of its consumer, to measure how fast bytes arrive when nothing slows
 * them down. Any thread may close it; one thread reads.
 */
final class ReadAheadFeed implements Feed {
  /** Limit of the read-ahead: some seconds of a camera's stream, little of most files. */
  private static final int MAX_BYTES = 8 << 20;

  private static final int PIECE_BYTES = 64 << 10;

  private final Feed in;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Guarded by the lock, like all fields below. */
  private final ArrayDeque<byte[]> pieces = new ArrayDeque<>();

  private int taken;
  private long waiting;
  private long received;
  private boolean filled;
  private boolean over;
  private boolean closed;
  private @Nullable IOException broken;

  /**
   * @param in closed with this
   */
  ReadAheadFeed(Feed in) {
    this.in = in;
    this.thread = Thread.ofVirtual().name("read-ahead").start(this::fill);
  }

  @Override
  public int read(byte[] into, int length) throws IOException {
    lock.lock();
    try {
      while (pieces.isEmpty()) {
        if (broken != null) {
          throw broken;
        }
        if (over || closed) {
          return -1;
        }
        changed.awaitUninterruptibly();
      }
      byte[] piece = pieces.element();
      int size = Math.min(length, piece.length - taken);
      System.arraycopy(piece, taken, into, 0, size);
      taken += size;
      waiting -= size;
      if (taken == piece.length) {
        pieces.remove();
        taken = 0;
      }
      changed.signalAll();
      return size;
    } finally {
      lock.unlock();
    }
  }

  /** Bytes received so far, read or not. */
  long received() {
    lock.lock();
    try {
      return received;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the feed was ever ahead of its consumer, or has received everything. */
  boolean isAhead() {
    lock.lock();
    try {
      return filled || (over && broken == null);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    in.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void fill() {
    byte[] piece = new byte[PIECE_BYTES];
    try {
      while (awaitRoom()) {
        int got = in.read(piece, piece.length);
        if (got < 0) {
          end(null);
          return;
        }
        add(Arrays.copyOf(piece, got));
      }
    } catch (IOException e) {
      end(e);
    } catch (RuntimeException e) {
      end(new IOException(e));
    }
  }

  private boolean awaitRoom() {
    lock.lock();
    try {
      while (waiting >= MAX_BYTES && !closed) {
        filled = true;
        changed.awaitUninterruptibly();
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private void add(byte[] piece) {
    lock.lock();
    try {
      pieces.add(piece);
      waiting += piece.length;
      received += piece.length;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void end(@Nullable IOException why) {
    lock.lock();
    try {
      over = true;
      broken = why;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
