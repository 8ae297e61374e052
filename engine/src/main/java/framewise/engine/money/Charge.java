package framewise.engine.money;

import java.util.Optional;

/**
 * Amount booked for one {@link Attempt}.
 *
 * @param cost empty where it is unknown, or no service worked on it
 */
public record Charge(Attempt attempt, SpendingTotal spent, Optional<Cost> cost) {}
