package framewise.engine.delivery;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import framewise.engine.SessionId;
import framewise.engine.endpoint.Endpoint;
import framewise.engine.endpoint.EndpointKind;
import framewise.engine.endpoint.EndpointState;
import framewise.engine.endpoint.EndpointStore;
import framewise.engine.endpoint.NewEndpoint;
import framewise.engine.notice.NewNotice;
import framewise.engine.notice.Notice;
import framewise.engine.notice.Notices;
import framewise.engine.store.Database;
import framewise.time.WallClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Endpoints, and the deliveries of notices to them. Each notice that matches an endpoint's types is
 * queued once and delivered at least once, in order within its subject, even if the process dies at
 * any moment. Safe for any number of threads.
 */
public final class Deliveries implements AutoCloseable {
  /** Maximum number of endpoints. Each has at most one attempt in flight. */
  public static final int MAX_ENDPOINTS = 50;

  /** Maximum number of endpoints of one account or key without the role of administrator. */
  public static final int MAX_PER_OWNER = MAX_ENDPOINTS / 4;

  private static final int ID_LENGTH = 16;

  private final Database database;
  private final Notices notices;
  private final Audience audience;
  private final WallClock clock;
  private final EndpointStore endpoints;
  private final DeliveryStore store;
  private final DeliveryQueue queue;
  private final Dispatch dispatch;
  private final DeliveryCounts counts = new DeliveryCounts();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /**
   * Updates the schema. Nothing is sent before {@link #start}.
   *
   * @param senders makes a sender for one endpoint
   * @param retention how long notices are kept with their deliveries
   * @param random for the jitter of retries
   */
  public Deliveries(
      Database database,
      Notices notices,
      Audience audience,
      Function<EndpointKind, Sender> senders,
      Duration retention,
      RandomGenerator random,
      WallClock clock) {
    this.database = database;
    this.notices = notices;
    this.audience = audience;
    this.clock = clock;
    this.endpoints = new EndpointStore(database);
    database.extend(DeliverySchema.PART, DeliverySchema.STEPS);
    this.store = new DeliveryStore(database, notices);
    this.queue = new DeliveryQueue(database, notices, store, counts);
    var recorder =
        new AttemptRecorder(
            database,
            store,
            endpoints,
            notices,
            audience,
            new RetrySchedule(random),
            counts,
            clock);
    this.dispatch =
        new Dispatch(
            id ->
                new EndpointWorker(
                    id.id(),
                    senders.apply(id.kind()),
                    endpoints,
                    store,
                    notices,
                    recorder,
                    this::attempted,
                    clock),
            database,
            notices,
            endpoints,
            queue,
            store,
            audience,
            retention,
            clock);
  }

  /** Starts to send. */
  public void start() {
    dispatch.start();
  }

  /** Aborts all attempts in flight; they are repeated after the next start. */
  @Override
  public void close() {
    dispatch.close();
  }

  /** All endpoints, oldest first. */
  public List<Endpoint> endpoints() {
    return endpoints.all();
  }

  /** The endpoint with this id. */
  public Optional<Endpoint> endpoint(String id) {
    return endpoints.find(id);
  }

  /**
   * Stores an endpoint. It gets the notices stored from now on.
   *
   * @param mostOfOwner maximum number of endpoints with the same owner
   * @return empty when that maximum, or {@link #MAX_ENDPOINTS}, is reached already
   */
  public Optional<Endpoint> add(NewEndpoint wanted, int mostOfOwner) {
    String id = "ep_" + UUID.randomUUID().toString().replace("-", "").substring(0, ID_LENGTH);
    var endpoint =
        new Endpoint(
            id,
            wanted.name(),
            wanted.kind(),
            wanted.address(),
            wanted.options(),
            wanted.secrets(),
            wanted.types(),
            wanted.enabled(),
            EndpointState.ACTIVE,
            Optional.empty(),
            wanted.owner(),
            Instant.ofEpochMilli(clock.now().toEpochMilli()),
            0,
            Optional.empty(),
            Optional.empty());
    if (!endpoints.insert(endpoint, MAX_ENDPOINTS, mostOfOwner)) {
      return Optional.empty();
    }
    dispatch.work(endpoint);
    return Optional.of(endpoint);
  }

  /**
   * Changes an endpoint. If it is disabled afterwards, its waiting deliveries are given up.
   *
   * @param reset whether to reset its health
   */
  public Optional<Endpoint> change(String id, UnaryOperator<Endpoint> change, boolean reset) {
    database.write(
        handle ->
            endpoints
                .find(handle, id)
                .map(change)
                .ifPresent(
                    endpoint -> {
                      endpoints.update(handle, endpoint, reset);
                      if (!endpoint.enabled()) {
                        int given =
                            store.failWaiting(
                                handle, id, "The endpoint was disabled.", clock.now());
                        handle.afterCommit(() -> counts.add(DeliveryCounts.Outcome.FAILED, given));
                      }
                    }));
    dispatch.signal(id);
    return endpoints.find(id);
  }

  /** Deletes an endpoint with its deliveries. */
  public void delete(String id) {
    dispatch.leave(id);
    endpoints.delete(id);
    attempted(); // wakes callers that wait for the end of a test
  }

  /**
   * Sends a test to one endpoint, even while it is off or slowed, and waits for the outcome.
   *
   * @return the delivery, still waiting if the attempt takes longer; empty if the endpoint was
   *     deleted in the meantime
   */
  public Optional<Delivery> test(Endpoint endpoint, Duration patience) throws InterruptedException {
    var data = JsonNodeFactory.instance.objectNode();
    data.put("message", "This is a test of the endpoint " + endpoint.name() + ".");
    data.putObject("endpoint").put("id", endpoint.id()).put("name", endpoint.name());
    Instant now = clock.now();
    var ping =
        new NewNotice(
            "test.ping",
            now,
            Optional.empty(),
            "test:" + UUID.randomUUID(),
            data.toString(),
            Optional.of(List.of(endpoint.id())));
    var number = new long[1];
    database.write(
        handle -> {
          if (endpoints.find(handle, endpoint.id()).isPresent()) {
            number[0] = notices.add(handle, ping);
            queue.queue(handle, endpoint, new Notice(number[0], "", ping), now);
          }
        });
    dispatch.signal(endpoint.id());
    return awaitAttempt(endpoint.id(), number[0], patience);
  }

  private Optional<Delivery> awaitAttempt(String endpoint, long notice, Duration patience)
      throws InterruptedException {
    long left = patience.toNanos();
    lock.lockInterruptibly();
    try {
      while (true) {
        Optional<Delivery> delivery = store.find(endpoint, notice);
        boolean waits = delivery.filter(one -> one.state() == DeliveryState.WAITING).isPresent();
        if (!waits || left <= 0) {
          return delivery;
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The delivery with this number. */
  public Optional<Delivery> delivery(long number) {
    return store.find(number);
  }

  /**
   * A page of deliveries, newest first.
   *
   * @param of ids of the endpoints whose deliveries to include
   * @param before only deliveries with a smaller number
   */
  public List<Delivery> page(
      List<String> of, Optional<DeliveryState> state, long before, int limit) {
    return store.page(of, state, before, limit);
  }

  /**
   * Queues a dead letter again.
   *
   * @return the delivery afterwards; unchanged if it was delivered already or is waiting
   */
  public Delivery replay(Delivery delivery) {
    var queued = new Delivery[] {delivery};
    database.write(
        handle -> {
          if (store.find(handle, delivery.number()).filter(Deliveries::isOver).isPresent()) {
            store.replay(handle, delivery.number(), clock.now());
          }
          queued[0] = store.find(handle, delivery.number()).orElse(delivery);
        });
    dispatch.signal(delivery.endpoint());
    return queued[0];
  }

  /** Whether the session of a delivery, if it still exists, is shown to its endpoint's owner. */
  public boolean isStillShown(Delivery delivery) {
    Optional<String> session = database.read(handle -> store.session(handle, delivery.number()));
    return session.isEmpty()
        || endpoint(delivery.endpoint()).filter(to -> isShown(to, session.get())).isPresent();
  }

  private boolean isShown(Endpoint endpoint, String session) {
    return SessionId.parse(session).filter(id -> audience.sees(endpoint.owner(), id)).isPresent();
  }

  private static boolean isOver(Delivery delivery) {
    return delivery.state() == DeliveryState.FAILED || delivery.state() == DeliveryState.SUPERSEDED;
  }

  /**
   * Queues again, in order, what an endpoint has not received since a time, except notices about
   * sessions that its owner may no longer see.
   *
   * @param delivered whether to repeat delivered notices as well, for a receiver that lost data
   * @return how many were queued
   */
  public int replaySince(Endpoint endpoint, Instant since, boolean delivered) {
    var queued = new int[1];
    database.write(
        handle -> {
          List<String> hidden =
              store.sessionsSince(handle, endpoint.id(), since).stream()
                  .filter(session -> !isShown(endpoint, session))
                  .toList();
          queued[0] =
              store.replaySince(handle, endpoint.id(), since, delivered, hidden, clock.now())
                  + queue.queueMissing(handle, endpoint, audience, since, clock.now());
        });
    dispatch.signal(endpoint.id());
    return queued[0];
  }

  /** Counts of attempts since the start. */
  public DeliveryCounts counts() {
    return counts;
  }

  /** Deliveries that are waiting now. */
  public DeliveryCounts.Backlog backlog() {
    return store.backlog();
  }

  private void attempted() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
