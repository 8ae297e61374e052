package framewise.server.delivery;

import framewise.engine.RefusedException;
import framewise.engine.delivery.Deliveries;
import framewise.engine.delivery.DeliveryCounts;
import framewise.engine.delivery.DeliveryCounts.Outcome;
import framewise.engine.endpoint.Endpoint;
import framewise.server.metrics.Metrics;
import framewise.time.WallClock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Metrics of deliveries. */
final class DeliveryMeters {
  private final Metrics metrics;
  private final Deliveries deliveries;
  private final WallClock clock;

  DeliveryMeters(Metrics metrics, Deliveries deliveries, WallClock clock) {
    this.metrics = metrics;
    this.deliveries = deliveries;
    this.clock = clock;
  }

  void register() {
    for (Outcome outcome : Outcome.values()) {
      metrics.count(
          "deliveries",
          "Attempts to deliver notices to endpoints, by outcome",
          "outcome",
          outcome.name().toLowerCase(Locale.ROOT),
          () -> deliveries.counts().count(outcome));
    }
    metrics.observe(
        "deliveries.waiting",
        "Deliveries waiting for their first or next attempt",
        () -> backlog().map(DeliveryCounts.Backlog::waiting).orElse(0));
    metrics.observe(
        "deliveries.oldest.seconds",
        "Age of the oldest waiting delivery",
        () ->
            backlog()
                .flatMap(DeliveryCounts.Backlog::oldest)
                .map(oldest -> (int) Math.max(0, Duration.between(oldest, clock.now()).toSeconds()))
                .orElse(0));
    metrics.observe(
        "endpoints.off",
        "Endpoints that are off because deliveries to them failed for too long",
        () ->
            (int)
                deliveries.endpoints().stream()
                    .filter(Endpoint::enabled)
                    .filter(endpoint -> !endpoint.isOn())
                    .count());
  }

  private Optional<DeliveryCounts.Backlog> backlog() {
    try {
      return Optional.of(deliveries.backlog());
    } catch (RefusedException unreadable) {
      return Optional.empty();
    }
  }
}
