package framewise.engine.delivery;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Counts of attempts since the start, by outcome. Safe for any number of threads. */
public final class DeliveryCounts {
  private final Map<Outcome, LongAdder> counts = new EnumMap<>(Outcome.class);

  /** Outcomes of deliveries. */
  public enum Outcome {
    /** Accepted by the endpoint. */
    DELIVERED,
    /** The attempt failed and will be retried. */
    RETRIED,
    /** Given up after the last attempt, or because the endpoint is off. */
    FAILED,
    /** Replaced by a newer notice. */
    SUPERSEDED
  }

  /**
   * Waiting deliveries.
   *
   * @param waiting number of deliveries
   * @param oldest when the oldest of them was queued
   */
  public record Backlog(int waiting, Optional<Instant> oldest) {}

  DeliveryCounts() {
    for (Outcome outcome : Outcome.values()) {
      counts.put(outcome, new LongAdder());
    }
  }

  void add(Outcome outcome, long count) {
    counts.getOrDefault(outcome, new LongAdder()).add(count);
  }

  /** Number of attempts with this outcome. */
  public long count(Outcome outcome) {
    return counts.getOrDefault(outcome, new LongAdder()).sum();
  }
}
