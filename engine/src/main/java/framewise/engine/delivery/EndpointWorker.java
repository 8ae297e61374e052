package framewise.engine.delivery;

import framewise.engine.RefusedException;
import framewise.engine.endpoint.Endpoint;
import framewise.engine.endpoint.EndpointStore;
import framewise.engine.notice.Notice;
import framewise.engine.notice.Notices;
import framewise.time.WallClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the deliveries of one endpoint, one at a time, from a virtual thread of its own: an
 * endpoint that hangs delays no other.
 */
final class EndpointWorker implements AutoCloseable {
  /** Wait after an unexpected error before the worker continues. */
  private static final Duration AFTER_FAULT = Duration.ofSeconds(30);

  /**
   * A pause that ends this much later than the longest possible pause was set before the clock was
   * set back.
   */
  private static final Duration TOLERANCE = Duration.ofSeconds(10);

  /** A clock that goes back by less than this was adjusted, not set. */
  private static final Duration SET_BACK = Duration.ofMinutes(1);

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(EndpointWorker.class);

  private final String id;
  private final Sender sender;
  private final EndpointStore endpoints;
  private final DeliveryStore deliveries;
  private final Notices notices;
  private final AttemptRecorder recorder;
  private final Runnable changed;
  private final WallClock clock;
  private final Semaphore wake = new Semaphore(0);
  private final Thread thread;
  private volatile Instant dueAt = Instant.MAX;
  private volatile Instant lastPulse;

  /** End of a pause that was set before the clock was set back; empty for none. */
  private Optional<Instant> obsoletePause = Optional.empty();

  private Instant lastStep = Instant.EPOCH;
  private volatile boolean closed;
  private volatile boolean leaving;

  /**
   * @param changed called after each attempt
   */
  EndpointWorker(
      String id,
      Sender sender,
      EndpointStore endpoints,
      DeliveryStore deliveries,
      Notices notices,
      AttemptRecorder recorder,
      Runnable changed,
      WallClock clock) {
    this.id = id;
    this.sender = sender;
    this.endpoints = endpoints;
    this.deliveries = deliveries;
    this.notices = notices;
    this.recorder = recorder;
    this.changed = changed;
    this.clock = clock;
    this.lastPulse = clock.now();
    this.thread = Thread.ofVirtual().name("deliver-" + id).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Wakes the worker, so that it looks for deliveries to send. */
  void signal() {
    wake.release();
  }

  /** Called about once a second: signals the worker when something is due. */
  void pulse(Instant now) {
    boolean setBack = now.isBefore(lastPulse);
    lastPulse = now;
    if (setBack || !now.isBefore(dueAt)) {
      signal();
    }
  }

  /**
   * Ends the worker after it has removed its data from the endpoint. Waits a limited time for that.
   */
  void leave() {
    leaving = true;
    signal();
    join();
    close();
  }

  /** Ends the worker. An attempt in flight does not count. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    join();
    sender.close();
  }

  private void join() {
    try {
      boolean _ = thread.join(TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closed && !leaving) {
        wake.drainPermits();
        if (!step()) {
          wake.acquire();
        }
      }
      @Nullable Endpoint last = leaving ? endpoints.find(id).orElse(null) : null;
      if (last != null) {
        sender.remove(last);
      }
    } catch (InterruptedException end) {
      LOG.debug("deliveries to {} stopped", id);
    }
  }

  /**
   * Sends one delivery.
   *
   * @return whether there may be another one
   */
  private boolean step() throws InterruptedException {
    try {
      Optional<Endpoint> endpoint = endpoints.find(id);
      if (endpoint.isEmpty()) {
        dueAt = Instant.MAX;
        return false;
      }
      return step(endpoint.get());
    } catch (RefusedException e) {
      LOG.debug("deliveries to {} are waiting: {}", id, e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("deliveries to {} failed", id, e);
    }
    dueAt = clock.now().plus(AFTER_FAULT);
    return false;
  }

  private boolean step(Endpoint endpoint) throws InterruptedException {
    Instant now = clock.now();
    if (!deliveries.isSender()) {
      sender.disconnect();
      dueAt = now.plus(AFTER_FAULT);
      return false;
    }
    if (endpoint.isOn()) {
      sender.maintain(endpoint);
    } else {
      sender.disconnect();
    }
    if (now.isBefore(lastStep.minus(SET_BACK))) {
      obsoletePause = endpoint.pausedUntil();
    }
    lastStep = now;
    Optional<Instant> pause =
        pause(endpoint, now).filter(end -> !obsoletePause.equals(Optional.of(end)));
    boolean testsOnly = !endpoint.isOn() || pause.isPresent();
    Optional<Delivery> due = deliveries.due(id, testsOnly, now);
    if (due.isEmpty()) {
      Instant next = deliveries.nextDue(id).orElse(Instant.MAX);
      Instant sooner = endpoint.isOn() ? now.plus(sender.maintenanceInterval()) : Instant.MAX;
      Instant later = pause.filter(next::isBefore).orElse(next);
      dueAt = later.isBefore(sooner) ? later : sooner;
      // The delivery may have become due before the pulse knew its time.
      return !clock.now().isBefore(dueAt);
    }
    Delivery delivery = due.get();
    Optional<Notice> notice = notices.find(delivery.notice());
    if (notice.isEmpty()) {
      return true; // deleted in the meantime, together with the delivery
    }
    SendResult result = sender.send(endpoint, notice.get());
    if (closed) {
      return false;
    }
    recorder.record(delivery, result);
    changed.run();
    return true;
  }

  /** End of the endpoint's pause; empty where there is none, or the clock was set back since. */
  private static Optional<Instant> pause(Endpoint endpoint, Instant now) {
    return endpoint
        .pausedUntil()
        .filter(now::isBefore)
        .filter(end -> end.isBefore(now.plus(RetrySchedule.MAX_RETRY_AFTER).plus(TOLERANCE)));
  }
}
