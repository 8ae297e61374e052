package framewise.engine.incident;

import framewise.time.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Saves pictures one after another on its own thread. Safe for any number of threads. */
final class PictureWorker implements AutoCloseable {
  /** Maximum number of waiting tasks; more are refused. */
  private static final int MAX_WAITING = 1_000;

  private static final long TIMEOUT_MS = 5_000;
  private static final Logger LOG = LoggerFactory.getLogger(PictureWorker.class);

  private final AtomicInteger waiting = new AtomicInteger();
  private final ExecutorService thread;

  /**
   * @param name of its thread
   */
  PictureWorker(String name) {
    thread = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(name).factory());
  }

  /** A task that saves something. */
  interface Work {
    void run() throws IOException, InterruptedException;
  }

  /**
   * Adds a task.
   *
   * @param wait time until it is due; zero or less to run as soon as possible
   * @return false when too many wait
   */
  boolean submit(Work work, Duration wait) {
    if (waiting.incrementAndGet() > MAX_WAITING) {
      waiting.decrementAndGet();
      return false;
    }
    if (wait.isPositive()) {
      Runnable _ = Scheduler.system().after(wait, () -> enqueue(work));
    } else {
      enqueue(work);
    }
    return true;
  }

  /** Runs the task now on this thread; logs failures. */
  static void attempt(Work work) {
    try {
      work.run();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      LOG.warn("failed to save pictures of an incident: {}", e.toString());
    }
  }

  /** Interrupts the present task and drops the others. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      boolean _ = thread.awaitTermination(TIMEOUT_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void enqueue(Work work) {
    try {
      thread.execute(
          () -> {
            waiting.decrementAndGet();
            attempt(work);
          });
    } catch (RejectedExecutionException closed) {
      LOG.debug("pictures of an incident will be saved at the next start");
    }
  }
}
