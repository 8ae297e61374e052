package framewise.engine.money;

import java.math.BigDecimal;

/**
 * What one answer cost.
 *
 * @param dollars US dollars
 * @param estimated whether it is a guess, because the service tells no tokens
 */
public record Cost(BigDecimal dollars, boolean estimated) {}
