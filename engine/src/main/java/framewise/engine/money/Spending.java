package framewise.engine.money;

import framewise.engine.RefusedException;
import framewise.engine.store.Database;
import framewise.time.WallClock;
import framewise.vision.Backend;
import framewise.vision.ClipBackend;
import framewise.vision.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Daily spending of all sessions on all nodes. A day lasts from midnight to midnight in the
 * system's time zone. Safe for any number of threads.
 */
public final class Spending {
  private static final BigDecimal CAUTION = BigDecimal.TWO;

  /** Maximum delay until a node sees the spending of others. */
  private static final Duration READ_AGAIN = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(Spending.class);

  private final SpendingRows rows;
  private final PriceTable prices;
  private final Optional<BigDecimal> dailyBudget;
  private final WallClock clock;
  private final boolean shared;
  private LocalDate day;
  private SpendingTotal today;
  private long readAt;
  private final BudgetAccount purse = new BudgetAccount(() -> today().dollars());

  /** This node's share of the day's budget, if several nodes share it. */
  private final Optional<BudgetShare> share;

  /** The cost of the newest answer, by back end and requested model. */
  private final Map<List<String>, BigDecimal> newestCosts = new ConcurrentHashMap<>();

  /**
   * @param dailyBudget US dollars; empty for no limit
   */
  public Spending(
      Database database, PriceTable prices, Optional<BigDecimal> dailyBudget, WallClock clock) {
    this.rows = new SpendingRows(database);
    this.prices = prices;
    this.dailyBudget = dailyBudget;
    this.clock = clock;
    this.shared = database.cluster().isPresent();
    this.readAt = clock.nanos();
    this.day = date();
    this.today = rows.of(day);
    this.share =
        database
            .cluster()
            .flatMap(
                cluster ->
                    dailyBudget.map(
                        budget -> new BudgetShare(database, cluster, budget, this::day, clock)));
  }

  public PriceTable prices() {
    return prices;
  }

  public Optional<BigDecimal> dailyBudget() {
    return dailyBudget;
  }

  /** The current day. */
  public synchronized LocalDate day() {
    turn();
    return day;
  }

  /** What was spent since midnight. */
  public synchronized SpendingTotal today() {
    turn();
    return today;
  }

  /** Whether a back end's model is known to be free. */
  public boolean isFree(Backend backend, String model) {
    boolean here = backend instanceof ClipBackend clips && !clips.isRemote();
    return here || prices.of(backend.name(), model).map(Price::isFree).orElse(false);
  }

  /**
   * Charge for an attempt. Under a budget, the cost of an attempt without reported tokens is
   * estimated, because otherwise the budget would never be used up.
   *
   * @param budget whether the session has one
   */
  public Charge charge(Attempt attempt, boolean budget) {
    boolean guess = budget || dailyBudget.isPresent();
    Optional<Cost> cost = priceOf(attempt).flatMap(price -> cost(attempt, price, guess));
    boolean booked = attempt.mayCost() || attempt.usage().isPresent();
    SpendingTotal spent =
        booked
            ? new SpendingTotal(
                attempt.usage().orElse(Usage.NONE),
                cost.map(Cost::dollars).orElse(BigDecimal.ZERO),
                cost.isPresent() ? 0 : 1)
            : SpendingTotal.NOTHING;
    return new Charge(attempt, spent, cost);
  }

  /** Estimated cost of a question; empty where the price is unknown. */
  public Optional<BigDecimal> forecast(Backend backend, String model, RequestSize size) {
    if (isFree(backend, model)) {
      return Optional.of(BigDecimal.ZERO);
    }
    return prices.of(backend.name(), model).map(price -> price.of(size.tokens(price)));
  }

  /**
   * Amount to reserve for a request: the cost of the last one or, before the first, twice the
   * forecast.
   */
  public BigDecimal expected(Backend backend, String model, RequestSize size) {
    BigDecimal newest = newestCosts.get(List.of(backend.name(), model));
    return newest != null
        ? newest
        : forecast(backend, model, size).orElse(BigDecimal.ZERO).multiply(CAUTION);
  }

  /** Reserves a part of the day's budget; empty where the budget does not allow it now. */
  public Optional<Reservation> reserve(BigDecimal amount) {
    return share.isPresent() ? share.get().reserve(amount) : purse.reserve(amount, dailyBudget);
  }

  /** Releases the unused part of this node's share to other nodes. */
  public void releaseUnused() {
    share.ifPresent(BudgetShare::releaseUnused);
  }

  /** Why paid requests are stopped for today, phrased to follow a back end's name. */
  public Optional<String> refusal() {
    BigDecimal spent = today().dollars();
    return dailyBudget
        .filter(budget -> spent.compareTo(budget) >= 0)
        .map(
            budget ->
                "is paused until midnight: FRAMEWISE_DAILY_BUDGET is $%s and today's spending $%s"
                    .formatted(budget.toPlainString(), Dollars.shown(spent)));
  }

  /** Adds a charge, in the transaction that stores the result that caused it. */
  public synchronized void add(Handle handle, Charge charge) {
    SpendingTotal spent = charge.spent();
    if (spent.equals(SpendingTotal.NOTHING)) {
      return;
    }
    turn();
    // Only after the commit, because the transaction may be retried.
    handle.afterCommit(() -> count(spent));
    if (spent.dollars().signum() > 0) {
      newestCosts.put(
          List.of(charge.attempt().backend(), charge.attempt().asked()), spent.dollars());
    }
    rows.add(handle, day, charge);
  }

  private void count(SpendingTotal spent) {
    synchronized (this) {
      turn();
      today = today.plus(spent);
    }
    share.ifPresent(own -> own.count(spent.dollars()));
  }

  /**
   * Price of the model that answered or, for gateways that report model names of their own, of the
   * requested model.
   */
  private Optional<Price> priceOf(Attempt attempt) {
    return prices
        .of(attempt.backend(), attempt.model())
        .or(() -> prices.of(attempt.backend(), attempt.asked()));
  }

  private static Optional<Cost> cost(Attempt attempt, Price price, boolean guess) {
    if (attempt.usage().isPresent() || !attempt.mayCost()) {
      return attempt.usage().map(usage -> new Cost(price.of(usage), false));
    }
    if (price.isFree()) {
      return Optional.of(new Cost(BigDecimal.ZERO, false));
    }
    return attempt
        .size()
        .filter(size -> guess)
        .map(size -> new Cost(price.of(size.tokens(price)), true));
  }

  private void turn() {
    LocalDate now = date();
    if (!now.equals(day)) {
      day = now;
      today = rows.of(now);
    } else if (shared && clock.nanos() - readAt > READ_AGAIN.toNanos()) {
      readAt = clock.nanos();
      try {
        today = rows.of(now);
      } catch (RefusedException e) {
        LOG.debug("failed to read the spending of other nodes: {}", e.getMessage());
      }
    }
  }

  private LocalDate date() {
    return clock.now().atZone(ZoneId.systemDefault()).toLocalDate();
  }
}
