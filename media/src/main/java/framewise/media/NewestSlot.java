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
 * One place between a thread that brings things and threads that want the newest. A newer thing
 * replaces one that nobody took, which is discarded and counted, so nothing piles up and nothing
 * gets old. Each thing is either taken or discarded, once. Safe for any number of threads.
 *
 * @param <T> what waits in the place
 */
public final class NewestSlot<T> implements AutoCloseable {
  private final Consumer<? super T> discard;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable T waiting;
  private boolean ended;
  private long dropped;

  /**
   * @param discard frees a thing that nobody takes; called by the thread that replaced it, without
   *     a lock
   */
  public NewestSlot(Consumer<? super T> discard) {
    this.discard = discard;
  }

  /**
   * Puts a thing in, in the place of one that still waits. Never blocks. After the end the thing is
   * discarded, uncounted.
   *
   * @return whether another one was dropped for it
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

  /** Puts a thing in once the place is free; discards it when interrupted or after the end. */
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

  /** The newest thing, which is the caller's then; empty when none waits. */
  public Optional<T> take() {
    lock.lock();
    try {
      return empty();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a thing to take; empty when none came in time, or at once after the end. */
  public Optional<T> take(Duration timeout) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Optional<T> _ = await(thing -> true, timeout.toNanos());
      return empty();
    } finally {
      lock.unlock();
    }
  }

  /** Takes this thing, if it still waits; false where another one does, or none. */
  public boolean remove(T thing) {
    lock.lock();
    try {
      return thing.equals(waiting) && empty().isPresent();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a thing that fits, and leaves it where it is.
   *
   * @return empty when none came in time, or at once after the end
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
   * Waits for a thing as long as it takes, and leaves it where it is.
   *
   * @return false when none will come
   */
  public boolean await() throws InterruptedException {
    return await(thing -> true, Duration.ofNanos(Long.MAX_VALUE)).isPresent();
  }

  /**
   * What the newest thing shows, which stays where it is; empty when none waits.
   *
   * @param look called with the lock held: it must be quick
   */
  public <R> Optional<R> look(Function<? super T, ? extends R> look) {
    lock.lock();
    try {
      return Optional.<T>ofNullable(waiting).map(look);
    } finally {
      lock.unlock();
    }
  }

  /** Whether no thing waits. */
  public boolean isEmpty() {
    return look(Function.identity()).isEmpty();
  }

  /** No thing follows; one that waits can still be taken. */
  public void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether no thing follows. */
  public boolean hasEnded() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }

  /** How many things were dropped because a newer one came. */
  public long dropped() {
    lock.lock();
    try {
      return dropped;
    } finally {
      lock.unlock();
    }
  }

  /** Ends, and discards what waits. */
  @Override
  public void close() {
    end();
    take().ifPresent(discard);
  }

  /** With the lock held. */
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
