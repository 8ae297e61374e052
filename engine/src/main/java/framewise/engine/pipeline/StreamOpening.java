package framewise.engine.pipeline;

import framewise.engine.WallClock;
import framewise.engine.source.RetryWait;
import framewise.vision.StreamEnd;
import framewise.vision.StreamRefusedException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Opens a stream, again and again while that may help, on a thread of its own. Owns the stream
 * until it is waited for. Used by one thread.
 */
final class StreamOpening implements AutoCloseable {
  /** Where only a person can help, who will not do so within seconds. */
  private static final long HOPELESS_WAIT_NANOS = TimeUnit.MINUTES.toNanos(5);

  /** Makes one attempt. */
  interface Attempt {
    StreamLink open() throws StreamRefusedException, InterruptedException;
  }

  private final Attempt attempt;
  private final Predicate<StreamEnd> hopeful;
  private final WallClock clock;
  private final Consumer<StreamEnd> refused;
  private final CompletableFuture<StreamLink> opened = new CompletableFuture<>();
  private final Thread thread;
  private volatile long waitNanos;
  private boolean taken;

  /**
   * @param waitNanos before the first attempt
   * @param hopeful whether to try again after a refusal
   * @param refused told of every refusal after which it is tried again, on its thread
   */
  StreamOpening(
      String name,
      Attempt attempt,
      long waitNanos,
      Predicate<StreamEnd> hopeful,
      WallClock clock,
      Consumer<StreamEnd> refused) {
    this.attempt = attempt;
    this.waitNanos = waitNanos;
    this.hopeful = hopeful;
    this.clock = clock;
    this.refused = refused;
    this.thread = Thread.ofVirtual().name("open-" + name).start(this::run);
  }

  /**
   * How long is waited before the next attempt.
   *
   * @param end what came of the last one
   * @param nanos how long was waited before that
   */
  static long waitAfter(StreamEnd end, long nanos) {
    return end.restartable() ? RetryWait.longer(nanos) : HOPELESS_WAIT_NANOS;
  }

  /** Once the stream is open, or will not be. */
  void whenOver(Runnable then) {
    var _ = opened.whenComplete((link, failure) -> then.run());
  }

  /** Whether the stream is open, or will not be. */
  boolean isOver() {
    return opened.isDone();
  }

  /** Waits until it is over, or the time is. */
  void await(Duration patience) throws InterruptedException {
    try {
      opened.handle((link, failure) -> true).get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      // It is not over yet.
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** How long it would wait before the next attempt. */
  long waitNanos() {
    return waitNanos;
  }

  /**
   * Waits for the stream, which is the caller's then.
   *
   * @throws StreamRefusedException when trying again is of no use
   */
  StreamLink await() throws StreamRefusedException, InterruptedException {
    try {
      StreamLink link = opened.get();
      taken = true;
      return link;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StreamRefusedException hopeless) {
        throw hopeless;
      }
      throw new IllegalStateException("no stream could be opened", e.getCause());
    }
  }

  /** Ends the attempts; a stream that nobody waited for is closed. */
  @Override
  public void close() {
    thread.interrupt();
    if (!taken) {
      var _ = opened.thenAccept(StreamLink::close);
    }
  }

  private void run() {
    try {
      opened.complete(open());
    } catch (StreamRefusedException | InterruptedException | RuntimeException e) {
      opened.completeExceptionally(e);
    }
  }

  private StreamLink open() throws StreamRefusedException, InterruptedException {
    while (true) {
      clock.awaitNanos(clock.nanos() + waitNanos);
      try {
        return attempt.open();
      } catch (StreamRefusedException e) {
        if (!hopeful.test(e.end())) {
          throw e;
        }
        refused.accept(e.end());
        waitNanos = waitAfter(e.end(), waitNanos);
      }
    }
  }
}
