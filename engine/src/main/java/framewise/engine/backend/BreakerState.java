package framewise.engine.backend;

import java.time.Instant;
import java.util.Optional;

/**
 * State of a circuit breaker.
 *
 * @param phase whether requests pass
 * @param failures consecutive failures, from 0
 * @param code code of the last failure; empty while requests pass and none has failed
 * @param until when the pause ends; only while requests are paused
 */
public record BreakerState(
    BreakerPhase phase, int failures, Optional<String> code, Optional<Instant> until) {
  /** State of a back end that has not been used yet. */
  public static final BreakerState UNUSED =
      new BreakerState(BreakerPhase.CLOSED, 0, Optional.empty(), Optional.empty());

  /** Whether requests pass. */
  public enum BreakerPhase {
    /** Requests pass. */
    CLOSED,
    /** Requests are paused. */
    OPEN,
    /** One request tests whether the service has recovered, or the next one will. */
    HALF_OPEN
  }
}
