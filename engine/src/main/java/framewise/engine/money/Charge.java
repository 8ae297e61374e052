package framewise.engine.money;

import java.util.Optional;

/**
 * What is booked for one {@link Attempt}.
 *
 * @param cost empty where it is not known, or nobody worked
 */
public record Charge(Attempt attempt, Spent spent, Optional<Cost> cost) {}
