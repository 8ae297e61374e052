package framewise.engine.delivery;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.delivery.DeliveryCounts.Outcome;
import framewise.engine.delivery.SendResult.SendVerdict;
import framewise.engine.endpoint.Endpoint;
import framewise.engine.endpoint.EndpointState;
import framewise.engine.endpoint.EndpointStore;
import framewise.engine.notice.NewNotice;
import framewise.engine.notice.Notices;
import framewise.engine.store.Database;
import framewise.time.WallClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the outcome of an attempt, in one transaction: the delivery's next state, the endpoint's
 * health, and the notice to others when an endpoint is disabled. Safe for any number of threads.
 */
final class AttemptRecorder {
  /** An endpoint whose attempts have all failed for this long is disabled. */
  static final Duration MAX_FAILURE_TIME = Duration.ofHours(24);

  /** An endpoint with fewer failures than this is not disabled. */
  private static final int MIN_FAILURES = 5;

  private static final Logger LOG = LoggerFactory.getLogger(AttemptRecorder.class);

  private final Database database;
  private final DeliveryStore deliveries;
  private final EndpointStore endpoints;
  private final Notices notices;
  private final Audience audience;
  private final RetrySchedule schedule;
  private final DeliveryCounts counts;
  private final WallClock clock;

  AttemptRecorder(
      Database database,
      DeliveryStore deliveries,
      EndpointStore endpoints,
      Notices notices,
      Audience audience,
      RetrySchedule schedule,
      DeliveryCounts counts,
      WallClock clock) {
    this.database = database;
    this.deliveries = deliveries;
    this.endpoints = endpoints;
    this.notices = notices;
    this.audience = audience;
    this.schedule = schedule;
    this.counts = counts;
    this.clock = clock;
  }

  /** Stores the outcome of an attempt; does nothing if the endpoint was deleted in the meantime. */
  void record(Delivery delivery, SendResult result) {
    Instant now = clock.now();
    // An attempt that isn't recorded would be repeated at once, even on a full disk.
    database.writeFromReserve(
        handle ->
            endpoints
                .find(handle, delivery.endpoint())
                .ifPresent(endpoint -> record(handle, endpoint, delivery, result, now)));
  }

  private void record(
      Handle handle, Endpoint endpoint, Delivery delivery, SendResult result, Instant now) {
    if (result.verdict() == SendVerdict.DELIVERED) {
      deliveries.setAttempt(
          handle, delivery, DeliveryState.DELIVERED, delivery.step(), now, result, now);
      count(handle, Outcome.DELIVERED, 1);
      if (!Delivery.isTest(delivery.type()) && isFailing(endpoint)) {
        recovered(handle, endpoint);
      }
      return;
    }
    Optional<Duration> delay =
        Delivery.isTest(delivery.type()) || result.verdict() == SendVerdict.GONE
            ? Optional.empty()
            : schedule.delay(delivery.step() + 1, result.retryAfter());
    deliveries.setAttempt(
        handle,
        delivery,
        delay.isPresent() ? DeliveryState.WAITING : DeliveryState.FAILED,
        delivery.step() + 1,
        delay.map(now::plus).orElse(now),
        result,
        now);
    if (delay.isEmpty()) {
      count(handle, Outcome.FAILED, 1);
    } else {
      count(handle, Outcome.RETRIED, 1);
      supersede(handle, delivery, now);
    }
    if (!Delivery.isTest(delivery.type())) {
      worse(handle, endpoint, result, now);
    }
  }

  private void supersede(Handle handle, Delivery delivery, Instant now) {
    if (!Delivery.isLive(delivery.type())) {
      return;
    }
    Optional<Long> newer = deliveries.newer(handle, delivery);
    Optional<Delivery> failed =
        deliveries.find(handle, delivery.number()).filter(one -> newer.isPresent());
    if (failed.filter(one -> one.state() == DeliveryState.WAITING).isPresent()) {
      deliveries.supersede(handle, failed.get(), newer.orElseThrow(), now);
      count(handle, Outcome.SUPERSEDED, 1);
    }
  }

  private static boolean isFailing(Endpoint endpoint) {
    return endpoint.state() == EndpointState.SLOWED || endpoint.failures() > 0;
  }

  private void recovered(Handle handle, Endpoint endpoint) {
    EndpointState state =
        endpoint.state() == EndpointState.OFF ? EndpointState.OFF : EndpointState.ACTIVE;
    endpoints.setHealth(
        handle,
        endpoint.id(),
        state,
        state == EndpointState.OFF ? endpoint.reason() : Optional.empty(),
        0,
        Optional.empty(),
        Optional.empty());
  }

  private void worse(Handle handle, Endpoint endpoint, SendResult result, Instant now) {
    if (endpoint.state() == EndpointState.OFF) {
      return;
    }
    int failures = endpoint.failures() + 1;
    Instant since = endpoint.failingSince().filter(start -> !start.isAfter(now)).orElse(now);
    if (result.verdict() == SendVerdict.GONE) {
      switchOff(
          handle, endpoint, "The endpoint answered 410 Gone and accepts no more notices.", now);
      return;
    }
    if (failures >= MIN_FAILURES && !now.isBefore(since.plus(MAX_FAILURE_TIME))) {
      switchOff(
          handle,
          endpoint,
          "Every attempt has failed for 24 hours. Last: " + result.error().orElse("unknown"),
          now);
      return;
    }
    boolean slow = result.verdict() == SendVerdict.SLOWED || result.retryAfter().isPresent();
    endpoints.setHealth(
        handle,
        endpoint.id(),
        slow ? EndpointState.SLOWED : endpoint.state(),
        slow ? result.error() : endpoint.reason(),
        failures,
        Optional.of(since),
        slow
            ? Optional.of(now.plus(schedule.pause(failures, result.retryAfter())))
            : endpoint.pausedUntil());
  }

  private void switchOff(Handle handle, Endpoint endpoint, String reason, Instant now) {
    endpoints.setHealth(
        handle,
        endpoint.id(),
        EndpointState.OFF,
        Optional.of(reason),
        endpoint.failures() + 1,
        endpoint.failingSince().or(() -> Optional.of(now)),
        Optional.empty());
    count(
        handle,
        Outcome.FAILED,
        deliveries.failWaiting(
            handle, endpoint.id(), "Framewise disabled the endpoint after failures.", now));
    List<String> others =
        endpoints.all(handle).stream()
            .filter(other -> !other.id().equals(endpoint.id()) && other.isOn())
            .filter(
                other -> other.owner().equals(endpoint.owner()) || audience.seesAll(other.owner()))
            .map(Endpoint::id)
            .toList();
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.putObject("endpoint")
        .put("id", endpoint.id())
        .put("name", endpoint.name())
        .put("kind", endpoint.kind().wireName());
    data.put("reason", reason);
    notices.add(
        handle,
        new NewNotice(
            "endpoint.disabled",
            now,
            Optional.empty(),
            "endpoint:" + endpoint.id(),
            data.toString(),
            Optional.of(others)));
    handle.afterCommit(
        () -> LOG.warn("Disabled endpoint {} ({}): {}", endpoint.name(), endpoint.id(), reason));
  }

  private void count(Handle handle, Outcome outcome, long count) {
    handle.afterCommit(() -> counts.add(outcome, count));
  }
}
