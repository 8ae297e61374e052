package framewise.engine.backend;

import framewise.engine.money.Reservation;
import framewise.vision.ClipBackend;
import java.util.Optional;

/** Checks requests of one prompt against its budgets. */
@FunctionalInterface
public interface Allowance {
  /** Why a back end would exceed a budget, phrased to follow its name; empty where it would not. */
  Optional<String> refusal(ClipBackend backend);

  /**
   * Reserves the estimated cost of a request; empty where the budget is spent, or will probably be
   * used up by requests in flight.
   */
  default Optional<Reservation> reserve(ClipBackend backend) {
    return Optional.of(Reservation.NONE);
  }
}
