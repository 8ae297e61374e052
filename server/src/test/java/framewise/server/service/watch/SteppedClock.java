package framewise.server.service.watch;

import framewise.time.WallClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A clock whose time passes only when a test advances it; it counts how often one thread reads it.
 */
final class SteppedClock implements WallClock {
  private static final Instant MORNING = Instant.parse("2026-11-30T08:00:00Z");

  private final String reader;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long nanos;
  private long reads;

  /**
   * @param reader name of the thread whose reads are counted
   */
  SteppedClock(String reader) {
    this.reader = reader;
  }

  @Override
  public Instant now() {
    lock.lock();
    try {
      return MORNING.plusNanos(nanos);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long nanos() {
    lock.lock();
    try {
      if (Thread.currentThread().getName().equals(reader)) {
        reads++;
        changed.signalAll();
      }
      return nanos;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void awaitNanos(long deadline) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (nanos < deadline) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Advances the time, and waits until the reader has read it twice. */
  void advance(Duration by) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      nanos += by.toNanos();
      changed.signalAll();
      long enough = reads + 2;
      while (reads < enough) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }
}
