package framewise.vision.builtin.model;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts the calls inside ONNX Runtime, so that the process exits only after the last one: the
 * library's exit code frees memory that calls still use, and the process died with SIGSEGV in one
 * of four stops under load. After closing, callers wait outside until they are interrupted.
 * Thread-safe.
 */
final class InferenceGate {
  /** Longest call on a busy machine; an exiting process must not wait longer. */
  static final Duration MAX_EXIT_WAIT = Duration.ofSeconds(10);

  /** Longest wait of a caller that is never interrupted; the process has exited by then. */
  private static final Duration OUTSIDE = Duration.ofSeconds(30);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition empty = lock.newCondition();
  private final Condition never = lock.newCondition();
  private int inside;
  private boolean closed;

  /**
   * Creates a gate that closes when the process exits, and delays the exit by up to {@link
   * #MAX_EXIT_WAIT}.
   */
  static InferenceGate untilExit() throws ModelException {
    var gate = new InferenceGate();
    try {
      Runtime.getRuntime()
          .addShutdownHook(
              Thread.ofPlatform()
                  .name("last-inference")
                  .unstarted(() -> gate.close(MAX_EXIT_WAIT)));
    } catch (IllegalStateException ending) {
      throw new ModelException("The process is ending.", ending);
    }
    return gate;
  }

  /**
   * Admits the caller, who calls {@link #leave} once.
   *
   * @throws ModelException when the gate is closed and the caller was interrupted or waited 30 s
   */
  void enter() throws ModelException {
    lock.lock();
    try {
      long left = OUTSIDE.toNanos();
      while (closed) {
        if (left <= 0) {
          throw new ModelException("The process is ending.");
        }
        left = never.awaitNanos(left);
      }
      inside++;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelException("The process is ending.", e);
    } finally {
      lock.unlock();
    }
  }

  void leave() {
    lock.lock();
    try {
      inside--;
      if (inside == 0) {
        empty.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Refuses new callers and waits for those inside.
   *
   * @return false when a caller is still inside after {@code most}
   */
  boolean close(Duration most) {
    lock.lock();
    try {
      closed = true;
      long left = most.toNanos();
      while (inside > 0 && left > 0) {
        left = empty.awaitNanos(left);
      }
      return inside == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }
}
