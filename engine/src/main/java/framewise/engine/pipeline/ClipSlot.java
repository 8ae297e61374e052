package framewise.engine.pipeline;

import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The one place in which a clip waits for the back end. A newer clip takes the place of one that
 * still waits, so a slow back end never makes answers older. Safe for any number of threads.
 */
final class ClipSlot implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable TimedClip waiting;
  private boolean ended;

  /**
   * Puts the clip in, in the place of one that still waits.
   *
   * @return whether one was replaced and so is never asked about
   */
  boolean replace(TimedClip clip) {
    lock.lock();
    try {
      boolean replaced = waiting != null;
      discard();
      accept(clip);
      return replaced;
    } finally {
      lock.unlock();
    }
  }

  /** Puts the clip in once the place is free. Closes it when interrupted. */
  void put(TimedClip clip) throws InterruptedException {
    boolean taken = false;
    lock.lock();
    try {
      while (waiting != null && !ended) {
        changed.await();
      }
      accept(clip);
      taken = true;
    } finally {
      lock.unlock();
      if (!taken) {
        clip.close();
      }
    }
  }

  /** No clip follows; one that waits is still taken. */
  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until there is a clip to take.
   *
   * @return false when none will come
   */
  boolean await() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waiting == null && !ended) {
        changed.await();
      }
      return waiting != null;
    } finally {
      lock.unlock();
    }
  }

  /** Frees the clip that waits if it need not be asked about; whether it did. */
  boolean discardIf(Predicate<TimedClip> needless) {
    Optional<TimedClip> clip = shared();
    if (clip.isEmpty()) {
      return false;
    }
    try (TimedClip looked = clip.get()) {
      if (!needless.test(looked)) {
        return false;
      }
      lock.lock();
      try {
        if (looked.equals(waiting)) {
          discard();
          changed.signalAll();
        }
        return true;
      } finally {
        lock.unlock();
      }
    }
  }

  /** Whether no clip follows. */
  boolean hasEnded() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }

  /** Whether no clip waits. */
  boolean isEmpty() {
    lock.lock();
    try {
      return waiting == null;
    } finally {
      lock.unlock();
    }
  }

  /** The newest clip; the caller closes it. Empty when none waits. */
  Optional<TimedClip> take() {
    lock.lock();
    try {
      Optional<TimedClip> taken = Optional.ofNullable(waiting);
      waiting = null;
      changed.signalAll();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Frees what waits and takes nothing any more. */
  @Override
  public void close() {
    lock.lock();
    try {
      ended = true;
      discard();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private Optional<TimedClip> shared() {
    lock.lock();
    try {
      return Optional.ofNullable(waiting).map(TimedClip::share);
    } finally {
      lock.unlock();
    }
  }

  private void accept(TimedClip clip) {
    if (ended) {
      clip.close();
    } else {
      waiting = clip;
      changed.signalAll();
    }
  }

  private void discard() {
    if (waiting != null) {
      waiting.close();
      waiting = null;
    }
  }
}
