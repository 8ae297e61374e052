package framewise.engine.pipeline;

import framewise.vision.ClipBackend;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Lets no more clips through to a back end than it takes at a time, whichever sessions they come
 * from; sessions get their turn in the order in which they came. Inference runs here, on platform
 * threads, because native code would hold a virtual thread's carrier.
 */
public final class BackendGate implements AutoCloseable {
  private static final long IDLE_SECONDS = 60;

  private final ClipBackend backend;
  private final Semaphore turns;
  private final ThreadPoolExecutor threads;

  public BackendGate(ClipBackend backend) {
    this.backend = backend;
    this.turns = new Semaphore(backend.concurrency(), true);
    this.threads =
        new ThreadPoolExecutor(
            backend.concurrency(),
            backend.concurrency(),
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("ask-" + backend.name() + "-", 1).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  public ClipBackend backend() {
    return backend;
  }

  /** Takes no work any more; what runs is ended by those who wait for it. */
  @Override
  public void close() {
    threads.shutdown();
  }

  /** Waits for a turn; {@link #release} gives it back. */
  void acquire() throws InterruptedException {
    turns.acquire();
  }

  void release() {
    turns.release();
  }

  /** Runs the work on a thread of its own; the caller holds a turn. */
  void execute(Runnable work) {
    threads.execute(work);
  }
}
