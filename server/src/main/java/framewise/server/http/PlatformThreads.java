package framewise.server.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Runs work of one kind that spends its time in native code. On a virtual thread such work would
 * hold one of the few carriers, and every other request with it. Each kind has threads of its own,
 * so that one that is stuck holds up no other.
 */
public final class PlatformThreads implements AutoCloseable {
  private static final long IDLE_SECONDS = 30;

  private final String duty;
  private final ThreadPoolExecutor threads;

  /**
   * @param duty what they do, as "starting streams", for their names and for those who find them
   *     busy
   * @param count how many there are
   * @param waiting how many calls may wait for one; those beyond are refused with 503
   */
  public PlatformThreads(String duty, int count, int waiting) {
    this.duty = duty;
    threads =
        new ThreadPoolExecutor(
            count,
            count,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(waiting),
            Thread.ofPlatform().daemon().name(duty.replace(' ', '-') + "-", 1).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Runs the work and waits for it; what it throws is thrown here.
   *
   * @throws ProblemException 503, when too many wait already
   */
  public <T> T call(Callable<T> work) throws IOException, InterruptedException {
    Map<String, String> about = MDC.getCopyOfContextMap();
    try {
      return submit(() -> about(about, work)).get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case RuntimeException broken -> throw broken;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  /** How many calls are under way or wait. */
  public int busy() {
    return threads.getActiveCount() + threads.getQueue().size();
  }

  /** What the work logs says what it is about, as if the caller had logged it. */
  private static <T> T about(@Nullable Map<String, String> about, Callable<T> work)
      throws Exception {
    MDC.setContextMap(about == null ? Map.of() : about);
    try {
      return work.call();
    } finally {
      MDC.clear();
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }

  private <T> Future<T> submit(Callable<T> work) {
    try {
      return threads.submit(work);
    } catch (RejectedExecutionException full) {
      throw Problem.of(
              HttpStatus.SERVICE_UNAVAILABLE_503,
              "busy",
              "The service is busy %s: %d calls wait already. Try again in a few seconds."
                  .formatted(duty, threads.getQueue().size()))
          .retryAfter(Duration.ofSeconds(5))
          .asException();
    }
  }
}
