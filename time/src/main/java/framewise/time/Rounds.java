package framewise.time;

import java.time.Duration;
import java.util.function.Consumer;

/** Repeats a task on its own thread, from its start until it is closed. */
public final class Rounds implements AutoCloseable {
  private final WallClock clock;
  private final Duration interval;
  private final Runnable task;
  private final Consumer<RuntimeException> failed;
  private final Thread thread;
  private volatile boolean closed;

  /**
   * @param name name of the thread
   * @param interval wait before each round
   * @param failed receives the failure of a round; the next round still starts
   */
  public Rounds(
      String name,
      WallClock clock,
      Duration interval,
      Runnable task,
      Consumer<RuntimeException> failed) {
    this.clock = clock;
    this.interval = interval;
    this.task = task;
    this.failed = failed;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  /** Starts the rounds; may be called once. */
  public void start() {
    thread.start();
  }

  /** Ends the rounds, and interrupts the current one. No further round starts. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  private void run() {
    try {
      while (true) {
        clock.sleep(interval);
        // The wait may have ended just before the interruption.
        if (closed) {
          return;
        }
        try {
          task.run();
        } catch (RuntimeException e) {
          failed.accept(e);
        }
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }
}
