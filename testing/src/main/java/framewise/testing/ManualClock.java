package framewise.testing;

import framewise.time.Deadline;
import framewise.time.Scheduler;
import framewise.time.WallClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** A clock and scheduler whose time passes only when a test advances it. */
public final class ManualClock implements WallClock, Scheduler {
  private static final Instant MIDNIGHT = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private record Alarm(long due, Duration delay, Runnable task) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Long> awaited = new ArrayList<>();
  private final List<Alarm> alarms = new ArrayList<>();
  private final long begin;
  private long passed;
  private Duration set = Duration.ZERO;

  /** A clock at midnight, with a steady time of 0. */
  public ManualClock() {
    this(0);
  }

  /**
   * @param begin the initial steady time in nanoseconds, such as one that soon overflows
   */
  public ManualClock(long begin) {
    this.begin = begin;
  }

  @Override
  public Instant now() {
    lock.lock();
    try {
      return MIDNIGHT.plusNanos(passed).plus(set);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long nanos() {
    lock.lock();
    try {
      return begin + passed;
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
      while (nanos() < deadline) {
        changed.await();
      }
    } finally {
      awaited.remove(deadline);
      lock.unlock();
    }
  }

  @Override
  public Runnable after(Duration delay, Runnable task) {
    lock.lock();
    try {
      Alarm alarm = new Alarm(passed + delay.toNanos(), delay, task);
      alarms.add(alarm);
      changed.signalAll();
      return () -> cancel(alarm);
    } finally {
      lock.unlock();
    }
  }

  /** Advances the time; threads that wait for it resume, due tasks start in order. */
  public void advance(Duration by) {
    lock.lock();
    try {
      long target = passed + by.toNanos();
      for (Optional<Alarm> due = due(target); due.isPresent(); due = due(target)) {
        alarms.remove(due.get());
        passed = Math.max(passed, due.get().due());
        Thread.ofVirtual().start(due.get().task());
      }
      passed = target;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Sets the time of day forward or back; the steady time does not change. */
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
      while (awaited.stream().noneMatch(deadline -> deadline > nanos())) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until a task is scheduled with exactly this delay. */
  public void awaitAlarm(Duration delay) throws InterruptedException, TimeoutException {
    if (!await(TIMEOUT, () -> isScheduled(delay))) {
      throw new TimeoutException("No alarm after " + delay + ", only " + delays());
    }
  }

  /**
   * Waits until no task is scheduled: while an object closes, another thread may still schedule a
   * task, which is cancelled a moment later.
   */
  public void awaitNoAlarm() throws InterruptedException, TimeoutException {
    if (!await(TIMEOUT, alarms::isEmpty)) {
      throw new TimeoutException("Still scheduled: " + delays());
    }
  }

  /** Whether a task is scheduled with this delay within two seconds of real time. */
  public boolean hasAlarm(Duration delay) throws InterruptedException {
    return await(Duration.ofSeconds(2), () -> isScheduled(delay));
  }

  /** Waits for a task with this delay, and advances the time by the delay. */
  public void passAlarm(Duration delay) throws InterruptedException, TimeoutException {
    awaitAlarm(delay);
    advance(delay);
  }

  /** The delays of all scheduled tasks. */
  public List<Duration> delays() {
    lock.lock();
    try {
      return alarms.stream().map(Alarm::delay).toList();
    } finally {
      lock.unlock();
    }
  }

  private boolean isScheduled(Duration delay) {
    return alarms.stream().anyMatch(alarm -> alarm.delay().equals(delay));
  }

  private Optional<Alarm> due(long target) {
    return alarms.stream()
        .filter(alarm -> alarm.due() <= target)
        .min(Comparator.comparingLong(Alarm::due));
  }

  private void cancel(Alarm alarm) {
    lock.lock();
    try {
      alarms.remove(alarm);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits in real time; false when the condition is not met in time. */
  private boolean await(Duration patience, BooleanSupplier condition) throws InterruptedException {
    Deadline deadline = Deadline.after(patience);
    lock.lockInterruptibly();
    try {
      while (!condition.getAsBoolean()) {
        if (changed.awaitNanos(deadline.left().toNanos()) <= 0) {
          return false;
        }
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
