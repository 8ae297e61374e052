package framewise.time;

import java.time.Duration;

/**
 * Runs tasks after a delay. Tests use one whose time they advance themselves. Implementations are
 * thread-safe.
 */
public interface Scheduler {

  /**
   * Runs a task once after a delay. The task may block and must not delay others.
   *
   * @param delay zero or less to start the task at once
   * @return cancels the task if it has not started; may be called repeatedly
   */
  Runnable after(Duration delay, Runnable task);

  /** Real time: one daemon thread for all, each task on a virtual thread. */
  static Scheduler system() {
    return SystemScheduler.INSTANCE;
  }
}
