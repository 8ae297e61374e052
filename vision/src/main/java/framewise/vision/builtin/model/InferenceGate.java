package framewise.vision.builtin.model;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts the calls that are inside ONNX Runtime, so that the process ends after the last of them:
 * the library's own exit code frees what a call still uses, and the process died with SIGSEGV in
 * one of four stops under load. Once closed, callers wait outside until they are interrupted. Safe
 * for any number of threads.
 */
final class InferenceGate {
  /** What one call takes at most on a busy machine; a process that is told to end has to end. */
  static final Duration LAST_CALL = Duration.ofSeconds(10);

  /** A caller that nobody interrupts; whoever ends the process has done so by then. */
  private static final Duration OUTSIDE = Duration.ofSeconds(30);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition empty = lock.newCondition();
  private final Condition never = lock.newCondition();
  private int inside;
  private boolean closed;

  /** A gate that closes when the process ends, and holds the end up for {@link #LAST_CALL}. */
  static InferenceGate untilExit() throws ModelException {
    var gate = new InferenceGate();
    try {
      Runtime.getRuntime()
          .addShutdownHook(
              Thread.ofPlatform().name("last-inference").unstarted(() -> gate.close(LAST_CALL)));
    } catch (IllegalStateException ending) {
      throw new ModelException("The process is ending.", ending);
    }
    return gate;
  }

  /**
   * Lets the caller in, who calls {@link #leave} once.
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
   * Lets nobody in any more and waits for those inside.
   *
   * @return false when somebody is still inside after {@code most}
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
