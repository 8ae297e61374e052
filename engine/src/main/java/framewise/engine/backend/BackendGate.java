package framewise.engine.backend;

import framewise.engine.WallClock;
import framewise.vision.AnswerException;
import framewise.vision.ClipBackend;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The one way to a back end, whichever sessions ask: no more clips at a time than it bears, none
 * while it is in trouble. Inference runs here, on platform threads, because native code would hold
 * a virtual thread's carrier. Safe for any number of threads.
 */
public final class BackendGate implements AutoCloseable {
  private static final long IDLE_SECONDS = 60;

  private final ClipBackend backend;
  private final Turns turns;
  private final Breaker breaker;
  private final ThreadPoolExecutor threads;

  public BackendGate(ClipBackend backend, WallClock clock) {
    this.backend = backend;
    this.turns = new Turns(backend.concurrency());
    this.breaker = new Breaker(clock);
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

  /** How many clips may be asked about at a time, as things are now. */
  public int limit() {
    return turns.limit();
  }

  /** Why it is not asked now, to be read after its name; empty while it is. */
  public Optional<String> closedBecause() {
    return backend
        .readiness()
        .reason()
        .map("is not ready: %s"::formatted)
        .or(breaker::closedBecause);
  }

  /** Takes no work any more; what runs is ended by those who wait for it. */
  @Override
  public void close() {
    threads.shutdown();
  }

  /** Waits for a turn. Empty when the back end has come into trouble meanwhile. */
  Optional<Turn> await() throws InterruptedException {
    turns.acquire();
    return enter();
  }

  /** A turn, if there is one now. */
  Optional<Turn> now() {
    return closedBecause().isEmpty() && turns.tryAcquire() ? enter() : Optional.empty();
  }

  private Optional<Turn> enter() {
    if (breaker.tryEnter()) {
      return Optional.of(new Turn(this));
    }
    turns.release();
    return Optional.empty();
  }

  void execute(Runnable work) {
    threads.execute(work);
  }

  void answered(Duration latency) {
    breaker.answered();
    if (backend.isRemote()) {
      turns.answered(latency);
    }
    turns.release();
  }

  void failed(AnswerException failure) {
    if (backend.isRemote()) {
      breaker.failed(failure);
      if (failure.kind().overload()) {
        turns.overloaded();
      }
    }
    turns.release();
  }

  void unused() {
    breaker.unused();
    turns.release();
  }
}
