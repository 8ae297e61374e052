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
   * Sets aside what a request will probably cost; empty where the budget is spent, or requests in
   * flight will probably use up the rest.
   */
  default Optional<Reservation> reserve(ClipBackend backend) {
    return Optional.of(Reservation.NONE);
  }
}
