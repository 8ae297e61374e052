package framewise.media;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A slot that hands the newest item from one thread to others. A newer item replaces one that was
 * not taken, which is discarded and counted, so nothing queues up or gets old. Each item is either
 * taken or discarded, once. Thread-safe.
 *
 * @param <T> the type of item
 */
public final class NewestSlot<T> implements AutoCloseable {
  private final Consumer<? super T> discard;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable T waiting;
  private boolean ended;
  private long dropped;

  /**
   * @param discard frees an item that was not taken; called without a lock, by the thread that
   *     replaced it
   */
  public NewestSlot(Consumer<? super T> discard) {
    this.discard = discard;
  }

  /**
   * Puts an item in and replaces one that still waits. Never blocks. After the end, the item is
   * discarded without being counted.
   *
   * @return whether another item was dropped
   */
  public boolean replace(T thing) {
    T unwanted;
    boolean replaced;
    lock.lock();
    try {
      unwanted = ended ? thing : waiting;
      replaced = !ended && waiting != null;
      if (!ended) {
        fill(thing);
      }
      dropped += replaced ? 1 : 0;
    } finally {
      lock.unlock();
    }
    free(unwanted);
    return replaced;
  }

  /**
   * Waits until the slot is free and puts an item in; discards it when interrupted or after the
   * end.
   */
  public void put(T thing) throws InterruptedException {
    T unwanted = thing;
    lock.lock();
    try {
      while (waiting != null && !ended) {
        changed.await();
      }
      if (!ended) {
        fill(thing);
        unwanted = null;
      }
    } finally {
      lock.unlock();
      free(unwanted);
    }
  }

  /** Takes the newest item, which the caller then owns; empty when none waits. */
  public Optional<T> take() {
    lock.lock();
    try {
      return empty();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for an item and takes it; empty on a time-out, or at once after the end. */
  public Optional<T> take(Duration timeout) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Optional<T> _ = await(thing -> true, timeout.toNanos());
      return empty();
    } finally {
      lock.unlock();
    }
  }

  /** Takes the given item if it still waits; false otherwise. */
  public boolean remove(T thing) {
    lock.lock();
    try {
      return thing.equals(waiting) && empty().isPresent();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a matching item and leaves it in the slot.
   *
   * @return empty on a time-out, or at once after the end
   */
  public Optional<T> await(Predicate<? super T> fits, Duration timeout)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      return await(fits, timeout.toNanos());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits without limit for an item and leaves it in the slot.
   *
   * @return false when none will arrive
   */
  public boolean await() throws InterruptedException {
    return await(thing -> true, Duration.ofNanos(Long.MAX_VALUE)).isPresent();
  }

  /**
   * Applies a function to the newest item, which stays in the slot; empty when none waits.
   *
   * @param look called while holding the lock, so it must be quick
   */
  public <R> Optional<R> look(Function<? super T, ? extends R> look) {
    lock.lock();
    try {
      return Optional.<T>ofNullable(waiting).map(look);
    } finally {
      lock.unlock();
    }
  }

  /** Whether the slot is empty. */
  public boolean isEmpty() {
    return look(Function.identity()).isEmpty();
  }

  /** Ends the input; a waiting item can still be taken. */
  public void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether the input has ended. */
  public boolean hasEnded() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }

  /** How many items were dropped for newer ones. */
  public long dropped() {
    lock.lock();
    try {
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the input and discards a waiting item. */
  @Override
  public void close() {
    end();
    take().ifPresent(discard);
  }

  /** Called while holding the lock. */
  private Optional<T> await(Predicate<? super T> fits, long nanos) throws InterruptedException {
    long left = nanos;
    while (!ended && left > 0 && (waiting == null || !fits.test(waiting))) {
      left = changed.awaitNanos(left);
    }
    return Optional.ofNullable(waiting).filter(fits);
  }

  private void fill(T thing) {
    waiting = Objects.requireNonNull(thing);
    changed.signalAll();
  }

  private Optional<T> empty() {
    Optional<T> taken = Optional.ofNullable(waiting);
    waiting = null;
    changed.signalAll();
    return taken;
  }

  private void free(@Nullable T thing) {
    if (thing != null) {
      discard.accept(thing);
    }
  }
}
