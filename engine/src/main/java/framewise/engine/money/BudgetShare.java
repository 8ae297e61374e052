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
 * The part of a day's budget that one of several nodes may spend without asking the others. A node
 * whose part doesn't cover the next request takes more of what is free, in a transaction that only
 * one node at a time is in: what all have spent, and the parts that they may still spend, never
 * exceed the budget by more than one request. Parts become smaller as less is free, and what a node
 * doesn't use for some seconds is free again. The part of a node that is gone counts no more. Safe
 * for any number of threads.
 */
final class BudgetShare {
  /** Transactions that take a part hold this lock until their commit. */
  private static final long LOCK = 0x4672_6d77_6275_6467L;

  /** A node takes at most half of its even part at a time, so that the last one isn't left out. */
  private static final int PARTS = 2;

  private static final Duration UNUSED = Duration.ofSeconds(3);

  /** Between two attempts to take more where nothing is free. */
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** How long the parts of past days are kept: other nodes may be in another time zone. */
  private static final int DAYS_KEPT = 2;

  private static final BigDecimal LEAST = BigDecimal.ONE.movePointLeft(Price.SCALE);
  private static final Logger LOG = LoggerFactory.getLogger(BudgetShare.class);

  private final Database database;
  private final Cluster cluster;
  private final BigDecimal budget;
  private final Supplier<LocalDate> day;
  private final WallClock clock;

  /** Held while this node takes more; never by a thread that is in a transaction. */
  private final ReentrantLock taking = new ReentrantLock();

  private final Object lock = new Object();
  private Term term = new Term("", LocalDate.MIN);

  /** What this node may spend in its term, spent already or not. */
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

  /** A node's membership on a day: one that joins again begins anew. */
  private record Term(String node, LocalDate day) {}

  /** What the database says of a day, in US dollars. */
  private record Books(BigDecimal spent, BigDecimal others, BigDecimal own, int nodes) {}

  /**
   * Sets an amount aside; empty where the budget is spent, or requests in flight on any node and
   * what other nodes hold will probably use up the rest.
   */
  Optional<Reservation> reserve(BigDecimal amount) {
    BigDecimal needed = amount.max(LEAST);
    var now = new Term(cluster.id(), day.get());
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

  /** Counts what was booked. */
  void count(BigDecimal dollars) {
    synchronized (lock) {
      spent = spent.add(dollars);
    }
  }

  /** Lowers the part to what is used, where no request needed it for some seconds. */
  void giveBackUnused() {
    Term of;
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
      LOG.debug("other nodes learn later what is free of the budget: {}", e.getMessage());
    }
  }

  private boolean take(Term now, BigDecimal amount) {
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

  /** Takes more of the budget, so that an amount fits; false where nothing of it is free. */
  private boolean grow(Term of, BigDecimal amount) {
    try {
      database.write(handle -> grow(handle, of, amount));
    } catch (RefusedException e) {
      LOG.debug("what is free of the budget isn't known: {}", e.getMessage());
      nothingFree();
      return false;
    }
    return mayAsk();
  }

  private void grow(Handle handle, Term of, BigDecimal amount) {
    handle.execute("SELECT pg_advisory_xact_lock(?)", LOCK);
    Books books = read(handle, of);
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

  private static Books read(Handle handle, Term of) {
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
                new Books(
                    row.getBigDecimal("spent").movePointLeft(Price.SCALE),
                    row.getBigDecimal("others").movePointLeft(Price.SCALE),
                    row.getBigDecimal("own").movePointLeft(Price.SCALE),
                    row.getInt("nodes")))
        .one();
  }

  private static void store(Handle handle, Term of, BigDecimal amount) {
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
