package framewise.engine.store.postgres;

import com.zaxxer.hikari.HikariDataSource;
import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.cluster.Membership;
import framewise.engine.cluster.NodeCapacity;
import framewise.time.WallClock;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lease of one of several nodes that share a database: a row of its own, which it renews every half
 * second, each time for three seconds by the database's clock. When the lease expires, any other
 * node deletes the row, removes the node as owner of its sessions and increments their epochs. If
 * the node's {@link PresenceConnection} is gone as well, as after the death of its process, others
 * do so after only a second. Later writes of the former node no longer match its row and the
 * epochs, and are refused. It then rejoins, under another id. Safe for any number of threads.
 */
final class SharedLease implements WriteLease {
  private static final Duration RENEWAL_INTERVAL = Duration.ofMillis(500);

  /**
   * Silence of two missed renewals. Within this time, a node whose connection broke has opened
   * another one.
   */
  private static final Duration SILENCE = RENEWAL_INTERVAL.multipliedBy(2);

  /**
   * How long a node must have renewed its own lease without a failure before it ends leases of
   * others.
   */
  private static final Duration STEADY = NodeLease.LEASE;

  /** Interval between checks of a silent node, and between attempts to reconnect. */
  private static final Duration RETRY = Duration.ofMillis(200);

  /**
   * Interval between checks for the end of the lease of a node that uses the database exclusively,
   * as one without a cluster key does.
   */
  private static final Duration STANDBY_ROUND = Duration.ofSeconds(1);

  private static final String NOW = NodeLease.NOW;
  private static final Logger LOG = LoggerFactory.getLogger(SharedLease.class);

  private final PostgresUrl url;
  private final Membership membership;
  private final Duration length;
  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final Thread renewing =
      Thread.ofPlatform().daemon().name("node-lease").unstarted(this::run);

  /** Gets a permit when the row must be renewed at once. */
  private final Semaphore changed = new Semaphore(0);

  private volatile String id = "";
  private volatile Runnable whenLost = () -> {};
  private volatile boolean closed;

  /** Used only by the thread that renews the lease. */
  private Optional<PresenceConnection> presence = Optional.empty();

  /** When the last renewal began, by this machine's monotonic clock. */
  private volatile long renewedAt;

  /** Since when every renewal has succeeded in time, over the same connection. */
  private volatile long steadySince;

  private volatile boolean leads;
  private volatile boolean draining;
  private volatile NodeCapacity room = new NodeCapacity(0, 0, 0, false);

  private SharedLease(PostgresUrl url, Membership membership, Duration length) {
    this.url = url;
    this.membership = membership;
    this.length = length;
    this.pool = PostgresPools.lease(url);
    this.jdbi = PostgresDatabase.configured(Jdbi.create(pool));
  }

  /** Joins the cluster; waits while a node that doesn't share the database uses it. */
  static SharedLease join(PostgresUrl url, Membership membership) throws InterruptedException {
    return join(url, membership, NodeLease.LEASE);
  }

  /**
   * Like {@link #join(PostgresUrl, Membership)}.
   *
   * @param length duration of the lease after each renewal
   */
  static SharedLease join(PostgresUrl url, Membership membership, Duration length)
      throws InterruptedException {
    var lease = new SharedLease(url, membership, length);
    boolean joined = false;
    try {
      Optional<String> holder = lease.enter();
      if (holder.isPresent()) {
        LOG.info(
            "Node {} has no FRAMEWISE_CLUSTER_KEY and uses the database {} alone. This"
                + " node waits until that one ends.",
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
        lease.disconnect();
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

  /** Always empty: a node that lost its lease rejoins. */
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
   * Sets the listener for the loss of the lease.
   *
   * @param lost called before the node rejoins; must stop all work on sessions
   */
  void listen(Runnable lost) {
    whenLost = lost;
  }

  /** Whether this node is the oldest, and its lease is still valid by its own clock. */
  boolean leads() {
    return leads
        && WallClock.system().nanos() - renewedAt < length.minus(RENEWAL_INTERVAL).toNanos();
  }

  /**
   * Sets the load that the next renewal writes into the row. Renews at once when the node gains or
   * loses capacity for more sessions.
   */
  void report(NodeCapacity now) {
    boolean differs = now.freeSessions() > 0 != room.freeSessions() > 0;
    room = now;
    if (differs) {
      changed.release();
    }
  }

  void drain(boolean drains) {
    draining = drains;
    changed.release();
  }

  boolean isDraining() {
    return draining;
  }

  /** Runs statements on connections reserved for the lease, so that nothing else delays them. */
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
            int given =
                handle.execute(
                    "UPDATE session SET owner = NULL, epoch = epoch + 1 WHERE owner = ?", id);
            if (given > 0) {
              PostgresNews.send(handle, PostgresNews.ORPHANS);
            }
          });
    } catch (RuntimeException e) {
      LOG.debug("failed to release the lease, which expires by itself: {}", e.toString());
    }
    pool.close();
    try {
      boolean _ = renewing.join(STEADY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Adds the row, unless a node uses the database exclusively; returns the address of that node.
   */
  private Optional<String> enter() {
    long begun = WallClock.system().nanos();
    String fresh = "node_" + UUID.randomUUID().toString().replace("-", "");
    PresenceConnection connection = connection();
    Optional<String> holder =
        connection
            .jdbi()
            .inTransaction(
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
                    insert(handle, fresh, connection.lock());
                    removeDeadOwners(handle);
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

  private void insert(Handle handle, String fresh, long lock) {
    NodeCapacity now = room;
    handle
        .createUpdate(
            """
            INSERT INTO node
              (id, address, started_at, lease_until, shared, url, version, streaming, room, free,
                busy, draining, presence)
            VALUES (:id, :address, %1$s, %1$s + :lease, 1, :url, :version, :streaming, :room, :free,
              :busy, :draining, :presence)
            """
                .formatted(NOW))
        .bind("id", fresh)
        .bind("address", membership.address())
        .bind("lease", length.toMillis())
        .bind("url", membership.url())
        .bind("version", membership.version())
        .bind("streaming", now.streaming())
        .bind("room", now.freeSessions())
        .bind("free", now.freeShare())
        .bind("busy", now.busy() ? 1 : 0)
        .bind("draining", draining ? 1 : 0)
        .bind("presence", lock)
        .execute();
  }

  private void run() {
    try {
      while (!closed) {
        Duration pause = RENEWAL_INTERVAL;
        try {
          pause = once();
        } catch (RuntimeException e) {
          // The lease may expire in the meantime; the next write or renewal shows whether another
          // node took over.
          LOG.debug("failed to renew the lease: {}", e.toString());
          steadySince = WallClock.system().nanos();
          disconnect();
          pause = RETRY;
        }
        boolean _ = changed.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
        changed.drainPermits();
      }
    } catch (InterruptedException end) {
      LOG.debug("stopped renewing the lease");
    } finally {
      disconnect();
    }
  }

  /** Renews the lease, and ends expired ones of others; returns the time until the next round. */
  private Duration once() throws InterruptedException {
    Optional<Duration> doubt = renew();
    if (doubt.isEmpty()) {
      if (!closed) {
        rejoin();
      }
      return RENEWAL_INTERVAL;
    }
    if (doubt.get().isPositive()) {
      return doubt.get().compareTo(RENEWAL_INTERVAL) < 0 ? doubt.get() : RENEWAL_INTERVAL;
    }
    if (isSteady()) {
      endDeadLeases();
    }
    return RETRY;
  }

  /**
   * Renews the row.
   *
   * @return time until the first of the other nodes has been silent for too long, unless it renews
   *     its lease before; empty when this node's row is gone
   */
  private Optional<Duration> renew() {
    long begun = WallClock.system().nanos();
    if (begun - renewedAt > STEADY.toNanos()) {
      steadySince = begun;
    }
    NodeCapacity now = room;
    PresenceConnection connection = connection();
    record Renewal(boolean oldest, long doubt) {}
    Optional<Renewal> renewal =
        connection
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            """
                            UPDATE node SET lease_until = %1$s + :lease, streaming = :streaming,
                              room = :room, free = :free, busy = :busy, draining = :draining,
                              presence = :presence
                            WHERE id = :id
                            RETURNING NOT EXISTS (SELECT 1 FROM node other WHERE other.shared = 1
                                AND (other.started_at, other.id) < (node.started_at, node.id))
                              AS oldest,
                              (SELECT coalesce(min(other.lease_until
                                  - CASE WHEN other.presence IS NULL THEN 0 ELSE :early END) - %1$s,
                                  :lease)
                                FROM node other WHERE other.id <> node.id) AS doubt
                            """
                                .formatted(NOW))
                        .bind("lease", length.toMillis())
                        .bind("early", length.minus(SILENCE).toMillis())
                        .bind("streaming", now.streaming())
                        .bind("room", now.freeSessions())
                        .bind("free", now.freeShare())
                        .bind("busy", now.busy() ? 1 : 0)
                        .bind("draining", draining ? 1 : 0)
                        .bind("presence", connection.lock())
                        .bind("id", id)
                        .map(
                            (row, context) ->
                                new Renewal(row.getBoolean("oldest"), row.getLong("doubt")))
                        .findOne());
    leads = renewal.filter(Renewal::oldest).isPresent();
    if (renewal.isPresent()) {
      renewedAt = begun;
    }
    return renewal.map(known -> Duration.ofMillis(known.doubt()));
  }

  /**
   * Whether this node has renewed its own lease for long enough to trust that those of others have
   * really expired. After an outage of the database or a pause of this process, all leases look
   * expired, and no node holds its lock.
   */
  private boolean isSteady() {
    return WallClock.system().nanos() - steadySince >= STEADY.toNanos();
  }

  /** Ends expired leases, and those of nodes that are silent and hold no lock. */
  private void endDeadLeases() {
    try {
      connection().jdbi().useTransaction(this::endDeadLeases);
    } catch (RuntimeException e) {
      // Another transaction holds a row, or the connection broke, which the next renewal will
      // detect.
      LOG.debug("failed to end expired leases of other nodes: {}", e.toString());
    }
  }

  private void endDeadLeases(Handle handle) {
    boolean first =
        handle
            .createQuery("SELECT pg_try_advisory_xact_lock(:lock)")
            .bind("lock", NodeLease.LOCK)
            .mapTo(Boolean.class)
            .one();
    if (!first) {
      return;
    }
    int gone = 0;
    for (String last :
        handle
            .createQuery(
                """
                DELETE FROM node WHERE id <> :id AND CASE
                  WHEN lease_until < %1$s THEN true
                  WHEN presence IS NOT NULL AND lease_until < %1$s + :early
                    THEN pg_try_advisory_xact_lock_shared(presence)
                  ELSE false END
                RETURNING address || CASE WHEN lease_until < %1$s THEN ': its lease is over'
                  ELSE ': its process ended' END
                """
                    .formatted(NOW))
            .bind("id", id)
            .bind("early", length.minus(SILENCE).toMillis())
            .mapTo(String.class)
            .list()) {
      LOG.warn("Lost node {}. Other nodes take over its sessions.", last);
      gone++;
    }
    if (gone > 0) {
      removeDeadOwners(handle);
    }
  }

  /**
   * Removes dead nodes as owners of their sessions, after waiting for their last appends. Counts
   * for each session that a node died while the session was streaming there, because the session
   * may be the cause.
   */
  private static void removeDeadOwners(Handle handle) {
    int orphans =
        handle.execute(
            """
            UPDATE session SET owner = NULL, epoch = epoch + 1,
              crashes = crashes + CASE WHEN status = 'streaming' THEN 1 ELSE 0 END
            WHERE owner IS NOT NULL AND NOT EXISTS (SELECT 1 FROM node WHERE node.id = session.owner)
            """);
    if (orphans > 0) {
      PostgresNews.send(handle, PostgresNews.ORPHANS);
    }
  }

  private void rejoin() throws InterruptedException {
    LOG.error(
        "This node lost its lease because it was paused or had no connection to the"
            + " database for too long. Other nodes take over its sessions; this node stops its"
            + " runs and rejoins.");
    leads = false;
    whenLost.run();
    while (!closed && enter().isPresent()) {
      WallClock.system().sleep(STANDBY_ROUND);
    }
    LOG.info("This node has rejoined the cluster.");
  }

  /** The connection; opened if there is none. */
  private PresenceConnection connection() {
    if (presence.isEmpty()) {
      try {
        presence = Optional.of(PresenceConnection.open(url));
      } catch (SQLException e) {
        throw new ConnectionException(e);
      }
    }
    return presence.get();
  }

  private void disconnect() {
    presence.ifPresent(PresenceConnection::close);
    presence = Optional.empty();
  }

  private static Refusal refusal() {
    return Refusal.of(
        Code.TAKEN_OVER,
        "This node lost its lease and is rejoining the cluster. Try again in a few seconds.");
  }
}
