package framewise.engine.backend;

import framewise.time.WallClock;
import framewise.vision.AnswerException;
import framewise.vision.ClipBackend;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Gate in front of one back end, shared by all sessions: limits concurrent requests and sends none
 * while the back end is failing. Inference runs here, on platform threads, because native code
 * would pin a virtual thread's carrier. Safe for any number of threads.
 */
public final class BackendGate implements AutoCloseable {
  private static final long IDLE_SECONDS = 60;

  private final ClipBackend backend;
  private final ConcurrencyLimit limit;
  private final WallClock clock;
  private final Breaker breaker;
  private final RecentAnswers recent = new RecentAnswers();
  private final ThreadPoolExecutor threads;

  /** One request at a time for work that must not delay live questions. */
  private final Semaphore background = new Semaphore(1, true);

  public BackendGate(ClipBackend backend, WallClock clock) {
    this.backend = backend;
    this.clock = clock;
    this.limit = new ConcurrencyLimit(backend.concurrency());
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

  /** Present limit on concurrent requests. */
  public int limit() {
    return limit.limit();
  }

  /** Why it takes no requests now, phrased to follow its name; empty while it takes them. */
  public Optional<String> closedBecause() {
    return backend
        .readiness()
        .reason()
        .map("is not ready: %s"::formatted)
        .or(breaker::closedBecause);
  }

  /** State of its circuit breaker. */
  public BreakerState breaker() {
    return breaker.state();
  }

  /** The last requests, oldest first; at most 60. */
  public List<RecentAnswer> recent() {
    return recent.all();
  }

  /** Accepts no new work. Does not cancel running requests: their callers do. */
  @Override
  public void close() {
    threads.shutdown();
  }

  /**
   * Waits for a permit, in turn with other parties; empty when the back end starts to fail during
   * the wait.
   */
  Optional<RequestPermit> await(String party) throws InterruptedException {
    return await(party, () -> {});
  }

  /**
   * Like {@link #await}, for background work: one request at a time of all such work, so that live
   * questions wait for at most one of them.
   */
  Optional<RequestPermit> awaitInBackground(String party) throws InterruptedException {
    background.acquire();
    Optional<RequestPermit> permit = Optional.empty();
    try {
      permit = await(party, background::release);
    } finally {
      if (permit.isEmpty()) {
        background.release();
      }
    }
    return permit;
  }

  /** A permit, if one is free now. */
  Optional<RequestPermit> now() {
    return closedBecause().isEmpty() && limit.tryAcquire() ? enter(() -> {}) : Optional.empty();
  }

  private Optional<RequestPermit> await(String party, Runnable whenOver)
      throws InterruptedException {
    limit.acquire(party);
    return enter(whenOver);
  }

  /**
   * @param whenOver called once the permit is used
   */
  private Optional<RequestPermit> enter(Runnable whenOver) {
    if (breaker.tryEnter()) {
      return Optional.of(new RequestPermit(this, clock.nanos(), whenOver));
    }
    limit.release();
    return Optional.empty();
  }

  void execute(Runnable work) {
    threads.execute(work);
  }

  void answered(Duration latency) {
    recent.add(clock.now(), latency, true);
    breaker.answered();
    if (backend.isRemote()) {
      limit.answered(latency);
    }
    limit.release();
  }

  void failed(AnswerException failure, long since) {
    recent.add(clock.now(), Duration.ofNanos(clock.nanos() - since), false);
    if (backend.isRemote()) {
      breaker.failed(failure);
      if (failure.kind().overload()) {
        limit.overloaded();
      }
    }
    limit.release();
  }

  void unused() {
    breaker.unused();
    limit.release();
  }
}
