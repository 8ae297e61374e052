package framewise.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A clock that stands still until a test moves it. */
public final class ManualClock implements WallClock {
  private static final Instant MIDNIGHT = Instant.parse("2026-01-01T00:00:00Z");

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long nanos;
  private Duration set = Duration.ZERO;
  private final List<Long> awaited = new ArrayList<>();

  @Override
  public Instant now() {
    lock.lock();
    try {
      return MIDNIGHT.plusNanos(nanos).plus(set);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long nanos() {
    lock.lock();
    try {
      return nanos;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void awaitNanos(long deadline) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      awaited.add(deadline);
      changed.signalAll();
      while (nanos < deadline) {
        changed.await();
      }
    } finally {
      awaited.remove(deadline);
      lock.unlock();
    }
  }

  /** Advances the time; threads that wait for it resume. */
  public void advance(Duration by) {
    lock.lock();
    try {
      nanos += by.toNanos();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Sets the time of day forward or back; the stopwatch stays. */
  public void set(Duration by) {
    lock.lock();
    try {
      set = set.plus(by);
    } finally {
      lock.unlock();
    }
  }

  /** Waits until a thread waits for a time in the future. */
  public void awaitWaiter() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (awaited.stream().noneMatch(deadline -> deadline > nanos)) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }
}
