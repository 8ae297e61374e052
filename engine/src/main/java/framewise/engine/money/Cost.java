package framewise.engine.money;

import java.math.BigDecimal;

/**
 * Cost of one answer.
 *
 * @param dollars US dollars
 * @param estimated whether it is an estimate, because the service reports no tokens
 */
public record Cost(BigDecimal dollars, boolean estimated) {}
