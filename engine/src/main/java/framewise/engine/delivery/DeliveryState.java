package framewise.engine.delivery;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** States of a delivery. */
public enum DeliveryState {
  /** It waits for its first attempt or the next one. */
  WAITING,
  /** The endpoint accepted it. */
  DELIVERED,
  /** It was given up: a dead letter, which can be replayed. */
  FAILED,
  /**
   * It was given up after a failed attempt, because there is a newer notice of the same subject.
   */
  SUPERSEDED;

  /** Finds a state by its name in the API. */
  public static Optional<DeliveryState> ofWireName(String name) {
    return Arrays.stream(values()).filter(state -> state.wireName().equals(name)).findFirst();
  }

  /** The name in the API and in the database. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
