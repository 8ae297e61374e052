package framewise.overshoot;

import java.time.Duration;

/**
 * Runs something later. The client waits for nothing else than through this, so that a test can
 * move time by hand. Implementations are thread-safe.
 */
public interface Scheduler {

  /**
   * Runs a task once after a delay. The task may block: it must not hold up others.
   *
   * @param delay zero or longer
   * @return takes the task back, if it has not begun; may be run more than once
   */
  Runnable after(Duration delay, Runnable task);

  /** The machine's own time: one daemon thread for all clients, each task on a virtual thread. */
  static Scheduler system() {
    return SystemScheduler.INSTANCE;
  }
}
