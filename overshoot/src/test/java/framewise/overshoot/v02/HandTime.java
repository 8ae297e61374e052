package framewise.overshoot.v02;

import framewise.overshoot.Scheduler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A clock with alarms, advanced by the test. */
final class HandTime extends Clock implements Scheduler {

  private record Alarm(Instant due, Duration delay, Runnable task) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Alarm> alarms = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-20T12:00:00Z");

  @Override
  public Runnable after(Duration delay, Runnable task) {
    lock.lock();
    try {
      Alarm alarm = new Alarm(now.plus(delay), delay, task);
      alarms.add(alarm);
      changed.signalAll();
      return () -> cancel(alarm);
    } finally {
      lock.unlock();
    }
  }

  /** Waits until a task is scheduled with exactly this delay. */
  void awaitAlarm(Duration delay) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    lock.lock();
    try {
      while (alarms.stream().noneMatch(alarm -> alarm.delay().equals(delay))) {
        if (changed.awaitNanos(deadline - System.nanoTime()) <= 0) {
          throw new TimeoutException("No alarm after " + delay + ", only " + delays());
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until no task is scheduled: one that ends cancels what another thread is adding. */
  void awaitNoAlarm() throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    lock.lock();
    try {
      while (!alarms.isEmpty()) {
        if (changed.awaitNanos(deadline - System.nanoTime()) <= 0) {
          throw new TimeoutException("Still scheduled: " + delays());
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether a task is scheduled with this delay within two seconds of real time. */
  boolean hasAlarm(Duration delay) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
    lock.lock();
    try {
      while (alarms.stream().noneMatch(alarm -> alarm.delay().equals(delay))) {
        if (changed.awaitNanos(deadline - System.nanoTime()) <= 0) {
          return false;
        }
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The delays of all scheduled tasks. */
  List<Duration> delays() {
    lock.lock();
    try {
      return alarms.stream().map(Alarm::delay).toList();
    } finally {
      lock.unlock();
    }
  }

  /** Advances time; due tasks start in order, each on its own thread. */
  void advance(Duration step) {
    Instant target = instant().plus(step);
    while (true) {
      Optional<Alarm> due = takeDue(target);
      if (due.isEmpty()) {
        return;
      }
      Thread.ofVirtual().start(due.get().task());
    }
  }

  /** Waits for an alarm and advances time by exactly its delay. */
  void passAlarm(Duration delay) throws Exception {
    awaitAlarm(delay);
    advance(delay);
  }

  private Optional<Alarm> takeDue(Instant target) {
    lock.lock();
    try {
      Optional<Alarm> due =
          alarms.stream()
              .filter(alarm -> !alarm.due().isAfter(target))
              .min(Comparator.comparing(Alarm::due));
      due.ifPresent(alarms::remove);
      changed.signalAll();
      now =
          due.map(Alarm::due).filter(at -> at.isAfter(now)).orElse(due.isPresent() ? now : target);
      return due;
    } finally {
      lock.unlock();
    }
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

  @Override
  public Instant instant() {
    lock.lock();
    try {
      return now;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
