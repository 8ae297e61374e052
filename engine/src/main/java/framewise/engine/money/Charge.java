package framewise.engine.money;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What is booked for one {@link Attempt}.
 *
 * @param cost in US dollars; empty where it is not known, or nobody worked
 */
public record Charge(Attempt attempt, Spent spent, Optional<BigDecimal> cost) {}
