package framewise.server.http;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Runs work that spends its time in native code. On a virtual thread such work would hold one of
 * the few carriers, and every other request with it.
 */
public final class PlatformThreads implements AutoCloseable {
  private static final long IDLE_SECONDS = 30;

  private final ThreadPoolExecutor threads;

  public PlatformThreads(int count) {
    threads =
        new ThreadPoolExecutor(
            count,
            count,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("video-", 1).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /** Runs the work and waits for it; what it throws is thrown here. */
  public <T> T call(Callable<T> work) throws IOException, InterruptedException {
    Map<String, String> about = MDC.getCopyOfContextMap();
    try {
      return threads.submit(() -> about(about, work)).get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case RuntimeException broken -> throw broken;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(e);
      }
    }
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
}
