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
 * Thread pool for one kind of native work. On virtual threads such work would pin the few carriers,
 * and delay every other request. Each kind has its own threads, so that one that hangs does not
 * delay another.
 */
public final class PlatformThreads implements AutoCloseable {
  private static final long IDLE_SECONDS = 30;

  /** Maximum number of a caller's calls that run or are in the queue; its others wait outside. */
  private static final int MAX_PER_CALLER = 2;

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final String duty;
  private final ThreadPoolExecutor threads;
  private final CallerTurns turns = new CallerTurns(MAX_PER_CALLER, TIMEOUT);

  /**
   * @param duty what they do, such as "starting streams", for thread names and for the error when
   *     all are busy
   * @param count number of threads
   * @param waiting length of the queue; further calls are refused with 503
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
   * Runs the work and waits for it; rethrows its exceptions.
   *
   * @throws ProblemException 503 when the queue is full
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

  /**
   * Like {@link #call}, with a limit on one caller's concurrent calls: calls of other callers
   * overtake the rest.
   *
   * @param caller equal for all calls of a caller
   * @throws ProblemException 503 when the queue is full, or the caller's other calls take too long
   */
  public <T> T call(Object caller, Callable<T> work) throws IOException, InterruptedException {
    try (CallerTurns.CallerTurn _ =
        turns.take(caller).orElseThrow(() -> busy("your other requests have taken a minute"))) {
      return call(work);
    }
  }

  /** Number of calls running or queued. */
  public int busy() {
    return threads.getActiveCount() + threads.getQueue().size();
  }

  /** Runs the work with the caller's logging context. */
  private static <T> T about(@Nullable Map<String, String> about, Callable<T> work)
      throws Exception {
    MDC.setContextMap(about == null ? Map.of() : about);
    try {
      return work.call();
    } finally {
      MDC.clear();
    }
  }

  /** Interrupts the work: the clients that wait for it have been disconnected. */
  @Override
  public void close() {
    for (Runnable queued : threads.shutdownNow()) {
      if (queued instanceof Future<?> call) {
        boolean _ = call.cancel(false);
      }
    }
  }

  private <T> Future<T> submit(Callable<T> work) {
    try {
      return threads.submit(work);
    } catch (RejectedExecutionException full) {
      throw busy("%d calls are already waiting".formatted(threads.getQueue().size()));
    }
  }

  private ProblemException busy(String why) {
    return Problem.of(
            HttpStatus.SERVICE_UNAVAILABLE_503,
            "busy",
            "The service is busy %s: %s. Try again in a few seconds.".formatted(duty, why))
        .retryAfter(Duration.ofSeconds(5))
        .asException();
  }
}
