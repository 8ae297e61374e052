package framewise.engine.backend;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Permits that waiting parties get in turn (round robin): however many permits one party waits for,
 * it delays another party by at most one. The calls of one party are served in order of arrival.
 * Safe for any number of threads.
 */
final class RoundRobinPermits {
  private final ReentrantLock lock = new ReentrantLock();

  /** Parties with waiting calls, the next one first. Guarded by the lock, like all below. */
  private final Map<String, Deque<Waiter>> waiting = new LinkedHashMap<>();

  private int free;

  private static final class Waiter {
    private final Condition served;
    private boolean given;

    Waiter(Condition served) {
      this.served = served;
    }
  }

  RoundRobinPermits(int permits) {
    this.free = permits;
  }

  /** Waits for a permit; {@link #release} returns it. */
  void acquire(String party) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (free > 0) {
        free--;
        return;
      }
      var waiter = new Waiter(lock.newCondition());
      waiting.computeIfAbsent(party, one -> new ArrayDeque<>()).add(waiter);
      boolean done = false;
      try {
        while (!waiter.given) {
          waiter.served.await();
        }
        done = true;
      } finally {
        if (!done) {
          cancel(party, waiter);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes a permit if one is free now. */
  boolean tryAcquire() {
    lock.lock();
    try {
      if (free <= 0) {
        return false;
      }
      free--;
      return true;
    } finally {
      lock.unlock();
    }
  }

  void release() {
    lock.lock();
    try {
      free++;
      serve();
    } finally {
      lock.unlock();
    }
  }

  /** Removes permits; those in use are removed once they are returned. */
  void withdraw(int permits) {
    lock.lock();
    try {
      free -= permits;
    } finally {
      lock.unlock();
    }
  }

  private void serve() {
    Iterator<Map.Entry<String, Deque<Waiter>>> parties = waiting.entrySet().iterator();
    if (free <= 0 || !parties.hasNext()) {
      return;
    }
    Map.Entry<String, Deque<Waiter>> next = parties.next();
    String party = next.getKey();
    Deque<Waiter> calls = next.getValue();
    parties.remove();
    Waiter first = calls.remove();
    if (!calls.isEmpty()) {
      waiting.put(party, calls); // behind all others
    }
    free--;
    first.given = true;
    first.served.signal();
  }

  private void cancel(String party, Waiter waiter) {
    if (waiter.given) {
      free++;
      serve();
      return;
    }
    waiting.computeIfPresent(
        party,
        (same, calls) -> {
          boolean _ = calls.remove(waiter);
          return calls.isEmpty() ? null : calls;
        });
  }
}
