package framewise.engine.delivery;

import framewise.engine.RefusedException;
import framewise.engine.endpoint.Endpoint;
import framewise.engine.endpoint.EndpointStore;
import framewise.engine.notice.Notices;
import framewise.engine.store.Database;
import framewise.time.WallClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that deliver notices: one queues new notices, one wakes workers when a delivery is
 * due, and each endpoint has a worker. Safe for any number of threads.
 */
final class Dispatch implements AutoCloseable {
  /** Maximum delay until notices are found whose wake-up signal was lost. */
  private static final Duration POLL = Duration.ofSeconds(5);

  private static final Duration PULSE_INTERVAL = Duration.ofSeconds(1);
  private static final Duration SWEEP = Duration.ofHours(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

  private final Function<Endpoint, EndpointWorker> maker;
  private final Database database;
  private final Notices notices;
  private final EndpointStore endpoints;
  private final DeliveryQueue queue;
  private final DeliveryStore store;
  private final Audience audience;
  private final Duration retention;
  private final WallClock clock;
  private final Map<String, EndpointWorker> workers = new ConcurrentHashMap<>();
  private final Thread queueing;
  private final Thread pulsing;
  private volatile boolean started;
  private volatile boolean closed;

  /**
   * @param maker makes the worker of an endpoint
   * @param retention how long notices are kept with their deliveries
   */
  Dispatch(
      Function<Endpoint, EndpointWorker> maker,
      Database database,
      Notices notices,
      EndpointStore endpoints,
      DeliveryQueue queue,
      DeliveryStore store,
      Audience audience,
      Duration retention,
      WallClock clock) {
    this.maker = maker;
    this.database = database;
    this.notices = notices;
    this.endpoints = endpoints;
    this.queue = queue;
    this.store = store;
    this.audience = audience;
    this.retention = retention;
    this.clock = clock;
    this.queueing = Thread.ofVirtual().name("queue deliveries").unstarted(this::queueNews);
    this.pulsing = Thread.ofVirtual().name("time of deliveries").unstarted(this::pulse);
  }

  void start() {
    started = true;
    endpoints.all().forEach(this::work);
    queueing.start();
    pulsing.start();
  }

  /** Starts the worker of a new endpoint; before {@link #start} this has no effect. */
  void work(Endpoint endpoint) {
    if (started && !closed) {
      EndpointWorker worker = maker.apply(endpoint);
      if (workers.putIfAbsent(endpoint.id(), worker) == null) {
        worker.start();
      }
    }
  }

  /** Wakes an endpoint's worker, so that it looks for deliveries to send. */
  void signal(String id) {
    EndpointWorker worker = workers.get(id);
    if (worker != null) {
      worker.signal();
    }
  }

  /** Ends the worker of an endpoint that is about to be deleted. */
  void leave(String id) {
    EndpointWorker worker = workers.remove(id);
    if (worker != null) {
      worker.leave();
    }
  }

  @Override
  public void close() {
    closed = true;
    List.of(queueing, pulsing).forEach(Thread::interrupt);
    List.copyOf(workers.values()).forEach(EndpointWorker::close);
    workers.clear();
    try {
      if (started) {
        boolean _ = queueing.join(TIMEOUT) && pulsing.join(TIMEOUT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void queueNews() {
    try {
      long seen = 0;
      while (!closed) {
        long last = notices.last();
        if (attempt(this::queueOnce)) {
          seen = last;
        }
        boolean _ = notices.awaitAfter(seen, POLL);
      }
    } catch (InterruptedException end) {
      LOG.debug("queueing deliveries stopped");
    }
  }

  private void queueOnce() {
    if (!store.isSender() || !queue.hasNews()) {
      return;
    }
    for (Endpoint listed : endpoints.all()) {
      var more = new boolean[] {true};
      while (more[0] && !closed) {
        database.write(
            handle ->
                more[0] =
                    endpoints
                        .find(handle, listed.id())
                        .map(endpoint -> queue.queue(handle, endpoint, audience, clock.now()))
                        .orElse(false));
      }
      signal(listed.id());
    }
  }

  private void pulse() {
    try {
      Instant nextSweep = clock.now();
      while (!closed) {
        Instant now = clock.now();
        workers.values().forEach(worker -> worker.pulse(now));
        if (database.cluster().isPresent()) {
          boolean _ = attempt(this::pollOtherNodes);
        }
        if (!now.isBefore(nextSweep)) {
          nextSweep = now.plus(SWEEP);
          boolean _ = attempt(() -> store.sweep(now.minus(retention)));
        }
        clock.sleep(PULSE_INTERVAL);
      }
    } catch (InterruptedException end) {
      LOG.debug("the timer of deliveries stopped");
    }
  }

  /** Picks up endpoints and deliveries that other nodes have created. */
  private void pollOtherNodes() {
    endpoints.all().stream()
        .filter(endpoint -> !workers.containsKey(endpoint.id()))
        .forEach(this::work);
    workers.values().forEach(EndpointWorker::signal);
  }

  private static boolean attempt(Runnable work) {
    try {
      work.run();
      return true;
    } catch (RefusedException e) {
      LOG.debug("deliveries are waiting: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("deliveries failed; trying again", e);
    }
    return false;
  }
}
