package framewise.engine.money;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Account that a budget is checked against: the amount spent, and the estimated cost of requests in
 * flight. Safe for any number of threads.
 */
public final class BudgetAccount {
  private final Supplier<BigDecimal> spent;
  private BigDecimal reserved = BigDecimal.ZERO;

  /**
   * @param spent US dollars so far
   */
  public BudgetAccount(Supplier<BigDecimal> spent) {
    this.spent = spent;
  }

  /** US dollars spent so far. */
  public BigDecimal spent() {
    return spent.get();
  }

  /**
   * Reserves an amount; empty where the budget is spent, or will probably be used up by requests in
   * flight.
   */
  public synchronized Optional<Reservation> reserve(
      BigDecimal amount, Optional<BigDecimal> budget) {
    BigDecimal taken = spent.get().add(reserved);
    if (budget.filter(dollars -> taken.compareTo(dollars) >= 0).isPresent()) {
      return Optional.empty();
    }
    reserved = reserved.add(amount);
    var open = new AtomicBoolean(true);
    return Optional.of(
        () -> {
          if (open.compareAndSet(true, false)) {
            release(amount);
          }
        });
  }

  private synchronized void release(BigDecimal amount) {
    reserved = reserved.subtract(amount);
  }
}
