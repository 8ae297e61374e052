package framewise.engine.money;

import framewise.engine.RefusedException;
import framewise.engine.cluster.Cluster;
import framewise.engine.store.Database;
import framewise.time.WallClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The share of a day's budget that one node may spend without coordination. A node whose share
 * doesn't cover the next request takes more of the free budget, in a transaction that only one node
 * at a time can run. The sum of all spending and all unspent shares therefore never exceeds the
 * budget by more than one request. Shares become smaller as less is free. What a node doesn't use
 * for some seconds is released, and the share of a node that is gone no longer counts. Safe for any
 * number of threads.
 */
final class BudgetShare {
  /** Advisory lock that transactions which take a share hold until their commit. */
  private static final long LOCK = 0x4672_6d77_6275_6467L;

  /**
   * Divisor of an even share: a node takes half of one at a time, so that something is left for the
   * last node.
   */
  private static final int PARTS = 2;

  private static final Duration UNUSED = Duration.ofSeconds(3);

  /** Pause between two attempts to take more when nothing is free. */
  private static final Duration PAUSE = Duration.ofMillis(200);

  /**
   * Number of days for which past shares are kept, because other nodes may be in another time zone.
   */
  private static final int DAYS_KEPT = 2;

  private static final BigDecimal MIN_AMOUNT = BigDecimal.ONE.movePointLeft(Price.SCALE);
  private static final Logger LOG = LoggerFactory.getLogger(BudgetShare.class);

  private final Database database;
  private final Cluster cluster;
  private final BigDecimal budget;
  private final Supplier<LocalDate> day;
  private final WallClock clock;

  /** Held while this node takes more; never by a thread that is in a transaction. */
  private final ReentrantLock taking = new ReentrantLock();

  private final Object lock = new Object();
  private NodeDay term = new NodeDay("", LocalDate.MIN);

  /** What this node may spend in its term, including what it has spent already. */
  private BigDecimal part = BigDecimal.ZERO;

  private BigDecimal spent = BigDecimal.ZERO;
  private BigDecimal reserved = BigDecimal.ZERO;
  private long usedAt;
  private long nothingFreeAt;

  /**
   * @param budget US dollars a day, of all nodes together
   */
  BudgetShare(
      Database database,
      Cluster cluster,
      BigDecimal budget,
      Supplier<LocalDate> day,
      WallClock clock) {
    this.database = database;
    this.cluster = cluster;
    this.budget = budget;
    this.day = day;
    this.clock = clock;
    this.usedAt = clock.nanos();
    this.nothingFreeAt = usedAt - PAUSE.toNanos();
  }

  /** One node on one day. A node that rejoins has another id, and so starts a new term. */
  private record NodeDay(String node, LocalDate day) {}

  /** Amounts of a day from the database, in US dollars. */
  private record DayAmounts(BigDecimal spent, BigDecimal others, BigDecimal own, int nodes) {}

  /**
   * Reserves an amount; empty where the budget is spent, or will probably be used up by requests in
   * flight and the shares of other nodes.
   */
  Optional<Reservation> reserve(BigDecimal amount) {
    BigDecimal needed = amount.max(MIN_AMOUNT);
    var now = new NodeDay(cluster.id(), day.get());
    if (!take(now, needed)) {
      taking.lock();
      try {
        if (!take(now, needed) && !(mayAsk() && grow(now, needed) && take(now, needed))) {
          return Optional.empty();
        }
      } finally {
        taking.unlock();
      }
    }
    var open = new AtomicBoolean(true);
    return Optional.of(
        () -> {
          if (open.compareAndSet(true, false)) {
            release(needed);
          }
        });
  }

  /** Adds a booked amount. */
  void count(BigDecimal dollars) {
    synchronized (lock) {
      spent = spent.add(dollars);
    }
  }

  /** Reduces the share to the amount in use, if no request has needed more for some seconds. */
  void releaseUnused() {
    NodeDay of;
    BigDecimal left;
    synchronized (lock) {
      left = spent.add(reserved);
      if (part.compareTo(left) <= 0 || clock.nanos() - usedAt < UNUSED.toNanos()) {
        return;
      }
      of = term;
      part = left;
    }
    try {
      database.write(handle -> store(handle, of, left));
    } catch (RefusedException e) {
      LOG.debug("failed to release the unused budget; trying again later: {}", e.getMessage());
    }
  }

  private boolean take(NodeDay now, BigDecimal amount) {
    synchronized (lock) {
      if (!term.equals(now)) {
        term = now;
        part = BigDecimal.ZERO;
        spent = BigDecimal.ZERO;
      }
      usedAt = clock.nanos();
      if (spent.add(reserved).add(amount).compareTo(part) > 0) {
        return false;
      }
      reserved = reserved.add(amount);
      return true;
    }
  }

  private void release(BigDecimal amount) {
    synchronized (lock) {
      reserved = reserved.subtract(amount);
      usedAt = clock.nanos();
    }
  }

  private boolean mayAsk() {
    synchronized (lock) {
      return clock.nanos() - nothingFreeAt >= PAUSE.toNanos();
    }
  }

  /** Enlarges the share, so that an amount fits; false where no budget is free. */
  private boolean grow(NodeDay of, BigDecimal amount) {
    try {
      database.write(handle -> grow(handle, of, amount));
    } catch (RefusedException e) {
      LOG.debug("failed to read the free part of the budget: {}", e.getMessage());
      nothingFree();
      return false;
    }
    return mayAsk();
  }

  private void grow(Handle handle, NodeDay of, BigDecimal amount) {
    handle.execute("SELECT pg_advisory_xact_lock(?)", LOCK);
    DayAmounts books = read(handle, of);
    BigDecimal flying;
    synchronized (lock) {
      flying = reserved;
    }
    BigDecimal free = budget.subtract(books.spent()).subtract(books.others()).subtract(flying);
    if (free.signum() <= 0) {
      nothingFree();
      return;
    }
    long parts = PARTS * Math.max(1L, books.nodes());
    BigDecimal more = amount.max(Dollars.ofBillionths(Dollars.billionths(free) / parts));
    BigDecimal whole = books.own().add(flying).add(more);
    store(handle, of, whole);
    handle.afterCommit(
        () -> {
          synchronized (lock) {
            if (term.equals(of)) {
              part = whole;
              spent = books.own();
            }
          }
        });
  }

  private void nothingFree() {
    synchronized (lock) {
      nothingFreeAt = clock.nanos();
    }
  }

  private static DayAmounts read(Handle handle, NodeDay of) {
    return handle
        .createQuery(
            """
            WITH booked AS (
              SELECT node, sum(cost) AS cost FROM node_spending WHERE day = :day GROUP BY node)
            SELECT
              (SELECT coalesce(sum(cost), 0) FROM spending WHERE day = :day)
                + (SELECT coalesce(sum(cost), 0) FROM booked) AS spent,
              (SELECT coalesce(sum(greatest(a.amount - coalesce(b.cost, 0), 0)), 0)
                FROM node_allowance a JOIN node n ON n.id = a.node
                LEFT JOIN booked b ON b.node = a.node
                WHERE a.day = :day AND a.node <> :node) AS others,
              (SELECT coalesce(sum(cost), 0) FROM booked WHERE node = :node) AS own,
              (SELECT count(*) FROM node) AS nodes
            """)
        .bind("day", of.day().toString())
        .bind("node", of.node())
        .map(
            (row, context) ->
                new DayAmounts(
                    row.getBigDecimal("spent").movePointLeft(Price.SCALE),
                    row.getBigDecimal("others").movePointLeft(Price.SCALE),
                    row.getBigDecimal("own").movePointLeft(Price.SCALE),
                    row.getInt("nodes")))
        .one();
  }

  private static void store(Handle handle, NodeDay of, BigDecimal amount) {
    handle.execute(
        "DELETE FROM node_allowance WHERE day < ?", of.day().minusDays(DAYS_KEPT).toString());
    handle.execute(
        """
        INSERT INTO node_allowance (day, node, amount) VALUES (?, ?, ?)
        ON CONFLICT (day, node) DO UPDATE SET amount = excluded.amount
        """,
        of.day().toString(),
        of.node(),
        Dollars.billionths(amount));
  }
}
