package framewise.webrtc;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One slot between a thread that brings things and one that takes them. What is not taken by the
 * time the next one comes is discarded and counted, so the taker always gets the newest and nothing
 * piles up. Each thing is either taken or discarded, once. Safe for any number of threads.
 */
final class Mailbox<T> implements AutoCloseable {
  private final Consumer<T> discard;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private @Nullable T slot;
  private boolean closed;
  private long dropped;

  Mailbox(Consumer<T> discard) {
    this.discard = discard;
  }

  /** Never blocks. After {@link #close} the thing is discarded, uncounted. */
  void put(T thing) {
    T unwanted;
    lock.lock();
    try {
      if (closed) {
        unwanted = thing;
      } else {
        unwanted = slot;
        slot = thing;
        if (unwanted != null) {
          dropped++;
        }
        filled.signal();
      }
    } finally {
      lock.unlock();
    }
    if (unwanted != null) {
      discard.accept(unwanted);
    }
  }

  /** Waits for a thing; empty when none came in time, or at once when closed. */
  Optional<T> take(Duration timeout) throws InterruptedException {
    long left = timeout.toNanos();
    lock.lockInterruptibly();
    try {
      while (slot == null && !closed && left > 0) {
        left = filled.awaitNanos(left);
      }
      T thing = slot;
      slot = null;
      return Optional.ofNullable(thing);
    } finally {
      lock.unlock();
    }
  }

  /** Things that were discarded because a newer one came. */
  long dropped() {
    lock.lock();
    try {
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    T left;
    lock.lock();
    try {
      closed = true;
      left = slot;
      slot = null;
      filled.signalAll();
    } finally {
      lock.unlock();
    }
    if (left != null) {
      discard.accept(left);
    }
  }
}
