package framewise.engine.store.postgres;

import com.zaxxer.hikari.HikariDataSource;
import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.cluster.Membership;
import framewise.engine.cluster.Room;
import framewise.time.WallClock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lease of one of several nodes that work on a database at a time: a row of its own, which it
 * renews every half second, for three seconds from then on, by the clock of the database. When it
 * is over, any other node deletes the row and raises the epoch of the sessions that it owned, which
 * have no owner then. Whatever the former node writes after that finds neither its row nor its
 * epochs, and is refused. It joins again, under another id. Safe for any number of threads.
 */
final class SharedLease implements WriteLease {
  private static final Duration LEASE = NodeLease.LEASE;
  private static final Duration ROUND = Duration.ofMillis(500);

  /** A lease of a node that holds all sessions, as one without a cluster key does. */
  private static final Duration STANDBY_ROUND = Duration.ofSeconds(1);

  private static final String NOW = NodeLease.NOW;
  private static final Logger LOG = LoggerFactory.getLogger(SharedLease.class);

  private final Membership membership;
  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final Thread renewing =
      Thread.ofPlatform().daemon().name("node-lease").unstarted(this::run);
  private volatile String id = "";
  private volatile Runnable whenLost = () -> {};
  private volatile boolean closed;

  /** When the last renewal began, by this machine's monotonic clock. */
  private volatile long renewedAt;

  /** Since when every renewal succeeded in time. */
  private volatile long steadySince;

  private volatile boolean leads;
  private volatile boolean draining;
  private volatile Room room = new Room(0, 0, 0, false);

  private SharedLease(PostgresUrl url, Membership membership) {
    this.membership = membership;
    this.pool = PostgresPools.lease(url);
    this.jdbi = PostgresDatabase.configured(Jdbi.create(pool));
  }

  /** Joins; waits while a node works on the database that doesn't share it. */
  static SharedLease join(PostgresUrl url, Membership membership) throws InterruptedException {
    var lease = new SharedLease(url, membership);
    boolean joined = false;
    try {
      Optional<String> holder = lease.enter();
      if (holder.isPresent()) {
        LOG.info(
            "The node {} works on the database {} alone: it has no FRAMEWISE_CLUSTER_KEY. This one"
                + " waits for its end.",
            holder.get(),
            url.shown());
      }
      while (holder.isPresent()) {
        WallClock.system().sleep(STANDBY_ROUND);
        holder = lease.enter();
      }
      joined = true;
    } finally {
      if (!joined) {
        lease.pool.close();
      }
    }
    lease.renewing.start();
    return lease;
  }

  @Override
  public String id() {
    return id;
  }

  /** A node that lost its lease joins again. */
  @Override
  public Optional<Refusal> loss() {
    return Optional.empty();
  }

  /** Locks the row, and makes this node the owner of sessions that are created. */
  @Override
  public void fence(Handle handle) {
    boolean held =
        handle
            .createQuery(
                "SELECT set_config('framewise.node', id, true) FROM node WHERE id = :id"
                    + " FOR KEY SHARE")
            .bind("id", id)
            .mapTo(String.class)
            .findOne()
            .isPresent();
    if (!held) {
      throw refusal().asException();
    }
  }

  /**
   * Learns that the lease is lost.
   *
   * @param lost called before the node joins again; must stop all work on sessions
   */
  void listen(Runnable lost) {
    whenLost = lost;
  }

  /** Whether this node is the oldest, and its lease holds by its own clock. */
  boolean leads() {
    return leads && WallClock.system().nanos() - renewedAt < LEASE.minus(ROUND).toNanos();
  }

  void report(Room now) {
    room = now;
  }

  void drain(boolean drains) {
    draining = drains;
  }

  boolean isDraining() {
    return draining;
  }

  /** Runs statements on connections of the lease, which nothing else delays. */
  Jdbi jdbi() {
    return jdbi;
  }

  @Override
  public void close() {
    closed = true;
    renewing.interrupt();
    try {
      jdbi.useTransaction(
          handle -> {
            handle.execute("DELETE FROM node WHERE id = ?", id);
            handle.execute(
                "UPDATE session SET owner = NULL, epoch = epoch + 1 WHERE owner = ?", id);
          });
    } catch (RuntimeException e) {
      LOG.debug("the lease ends by itself: {}", e.toString());
    }
    pool.close();
  }

  /** Adds the row, unless a node works alone; returns the address of the node that does. */
  private Optional<String> enter() {
    long begun = WallClock.system().nanos();
    String fresh = "node_" + UUID.randomUUID().toString().replace("-", "");
    Optional<String> holder =
        jdbi.inTransaction(
            handle -> {
              handle.execute("SELECT pg_advisory_xact_lock(?)", NodeLease.LOCK);
              Optional<String> alone =
                  handle
                      .createQuery(
                          "SELECT address FROM node WHERE shared = 0 AND lease_until > %s LIMIT 1"
                              .formatted(NOW))
                      .mapTo(String.class)
                      .findOne();
              if (alone.isEmpty()) {
                handle.execute("DELETE FROM node WHERE shared = 0");
                insert(handle, fresh);
                forsake(handle);
              }
              return alone;
            });
    if (holder.isEmpty()) {
      id = fresh;
      renewedAt = begun;
      steadySince = begun;
    }
    return holder;
  }

  private void insert(Handle handle, String fresh) {
    Room now = room;
    handle
        .createUpdate(
            """
            INSERT INTO node
              (id, address, started_at, lease_until, shared, url, version, streaming, room, free,
                busy, draining)
            VALUES (:id, :address, %1$s, %1$s + :lease, 1, :url, :version, :streaming, :room, :free,
              :busy, :draining)
            """
                .formatted(NOW))
        .bind("id", fresh)
        .bind("address", membership.address())
        .bind("lease", LEASE.toMillis())
        .bind("url", membership.url())
        .bind("version", membership.version())
        .bind("streaming", now.streaming())
        .bind("room", now.more())
        .bind("free", now.free())
        .bind("busy", now.busy() ? 1 : 0)
        .bind("draining", draining ? 1 : 0)
        .execute();
  }

  private void run() {
    while (!closed) {
      try {
        WallClock.system().sleep(ROUND);
        if (renew()) {
          bury();
        } else if (!closed) {
          joinAgain();
        }
      } catch (InterruptedException end) {
        LOG.debug("the lease is not renewed any more");
        return;
      } catch (RuntimeException e) {
        // The lease may end meanwhile; the next write or renewal learns whether somebody took over.
        steadySince = WallClock.system().nanos();
        LOG.debug("the lease can't be renewed: {}", e.toString());
      }
    }
  }

  /** Whether the row was still there. */
  private boolean renew() {
    long begun = WallClock.system().nanos();
    if (begun - renewedAt > LEASE.toNanos()) {
      steadySince = begun;
    }
    Room now = room;
    Optional<Boolean> oldest =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        UPDATE node SET lease_until = %s + :lease, streaming = :streaming,
                          room = :room, free = :free, busy = :busy, draining = :draining
                        WHERE id = :id
                        RETURNING NOT EXISTS (SELECT 1 FROM node other WHERE other.shared = 1
                          AND (other.started_at, other.id) < (node.started_at, node.id))
                        """
                            .formatted(NOW))
                    .bind("lease", LEASE.toMillis())
                    .bind("streaming", now.streaming())
                    .bind("room", now.more())
                    .bind("free", now.free())
                    .bind("busy", now.busy() ? 1 : 0)
                    .bind("draining", draining ? 1 : 0)
                    .bind("id", id)
                    .mapTo(Boolean.class)
                    .findOne());
    leads = oldest.orElse(false);
    if (oldest.isPresent()) {
      renewedAt = begun;
    }
    return oldest.isPresent();
  }

  /**
   * Ends the leases that are over. Only a node that could renew its own for as long does so: after
   * an outage of the database, or a pause of this process, those of all others look over too.
   */
  private void bury() {
    if (WallClock.system().nanos() - steadySince < LEASE.toNanos() || !anyOver()) {
      return;
    }
    jdbi.useTransaction(
        handle -> {
          boolean first =
              handle
                  .createQuery("SELECT pg_try_advisory_xact_lock(:lock)")
                  .bind("lock", NodeLease.LOCK)
                  .mapTo(Boolean.class)
                  .one();
          if (first) {
            handle
                .createQuery(
                    "DELETE FROM node WHERE lease_until < %s AND id <> :id RETURNING address"
                        .formatted(NOW))
                .bind("id", id)
                .mapTo(String.class)
                .forEach(gone -> LOG.warn("The lease of the node {} is over.", gone));
            forsake(handle);
          }
        });
  }

  private boolean anyOver() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    "SELECT EXISTS (SELECT 1 FROM node WHERE lease_until < %s AND id <> :id)"
                        .formatted(NOW))
                .bind("id", id)
                .mapTo(Boolean.class)
                .one());
  }

  /**
   * Takes their sessions from nodes that are gone. Waits for their last appends. Counts that a
   * session was streaming on a node that died: it may be the reason.
   */
  private static void forsake(Handle handle) {
    handle.execute(
        """
        UPDATE session SET owner = NULL, epoch = epoch + 1,
          crashes = crashes + CASE WHEN status = 'streaming' THEN 1 ELSE 0 END
        WHERE owner IS NOT NULL AND NOT EXISTS (SELECT 1 FROM node WHERE node.id = session.owner)
        """);
  }

  private void joinAgain() throws InterruptedException {
    LOG.error(
        "This node lost its lease, because it was paused or cut off from the database for too"
            + " long. Other nodes have its sessions; it ends its own runs and joins again.");
    leads = false;
    whenLost.run();
    while (!closed && enter().isPresent()) {
      WallClock.system().sleep(STANDBY_ROUND);
    }
    LOG.info("This node has joined again.");
  }

  private static Refusal refusal() {
    return Refusal.of(
        Code.TAKEN_OVER,
        "This node has lost its lease, and joins again. Try again in a few seconds.");
  }
}
