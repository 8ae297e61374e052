package framewise.engine.store.postgres;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.time.WallClock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lease of the single node that works on a database: a row that the node renews every second, each
 * time for three seconds by the database's clock. When the lease expires, another node takes over:
 * it replaces the row and increments the epoch of every session. Later writes of the former node,
 * even if it was only paused, no longer match the row and the epochs, and are refused. Safe for any
 * number of threads.
 */
final class NodeLease implements WriteLease {
  static final Duration LEASE = Duration.ofSeconds(3);
  private static final Duration RENEWAL_INTERVAL = Duration.ofSeconds(1);

  /** Advisory lock that serializes takeovers and renewals. */
  static final long LOCK = 0x4672_6d77_6e6f_6465L;

  /**
   * Present time in milliseconds by the database's clock, because the clocks of the nodes may
   * differ.
   */
  static final String NOW = "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)";

  private static final Logger LOG = LoggerFactory.getLogger(NodeLease.class);

  private final String id = "node_" + UUID.randomUUID().toString().replace("-", "");
  private final String address;
  private final Jdbi jdbi;
  private final Thread renewing =
      Thread.ofPlatform().daemon().name("node-lease").unstarted(this::run);
  private volatile boolean lost;
  private volatile boolean closed;

  private NodeLease(PostgresUrl url, String address) {
    this.address = address;
    this.jdbi = PostgresDatabase.configured(Jdbi.create(PostgresPools.impatient(url)));
  }

  /**
   * Takes the lease; waits while another node has it.
   *
   * @param address of this node, as shown to people
   */
  static NodeLease await(PostgresUrl url, String address) throws InterruptedException {
    var lease = new NodeLease(url, address);
    Optional<String> holder = lease.take();
    if (holder.isPresent()) {
      LOG.info(
          "Node {} uses the database {}. This node is on standby, and takes over when"
              + " that one ends.",
          holder.get(),
          url.shown());
    }
    while (holder.isPresent()) {
      WallClock.system().sleep(RENEWAL_INTERVAL);
      holder = lease.attempt();
    }
    lease.renewing.start();
    return lease;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Optional<Refusal> loss() {
    return lost ? Optional.of(refusal()) : Optional.empty();
  }

  /** Locks the row of the lease. */
  @Override
  public void fence(Handle handle) {
    boolean held =
        handle
            .createQuery("SELECT 1 FROM node WHERE id = :id FOR KEY SHARE")
            .bind("id", id)
            .mapTo(Integer.class)
            .findOne()
            .isPresent();
    if (!held) {
      markLost();
      throw refusal().asException();
    }
  }

  @Override
  public void close() {
    closed = true;
    renewing.interrupt();
    try {
      jdbi.useHandle(handle -> handle.execute("DELETE FROM node WHERE id = ?", id));
    } catch (RuntimeException e) {
      LOG.debug("failed to release the lease, which expires by itself: {}", e.toString());
    }
  }

  private Optional<String> attempt() {
    try {
      return take();
    } catch (RuntimeException e) {
      LOG.debug("on standby: {}", e.toString());
      return Optional.of("");
    }
  }

  /** Takes the lease if it is free; otherwise returns the address of the node that has it. */
  private Optional<String> take() {
    return jdbi.inTransaction(
        handle -> {
          handle.execute("SELECT pg_advisory_xact_lock(?)", LOCK);
          Optional<String> holder =
              handle
                  .createQuery("SELECT address FROM node WHERE lease_until > " + NOW + " LIMIT 1")
                  .mapTo(String.class)
                  .findOne();
          if (holder.isEmpty()) {
            handle.execute("DELETE FROM node");
            handle.execute(
                "INSERT INTO node (id, address, started_at, lease_until) VALUES (?, ?, %1$s, %1$s + ?)"
                    .formatted(NOW),
                id,
                address,
                LEASE.toMillis());
            handle.execute("UPDATE session SET owner = ?, epoch = epoch + 1", id);
          }
          return holder;
        });
  }

  private void run() {
    try {
      while (!lost && !closed) {
        WallClock.system().sleep(RENEWAL_INTERVAL);
        renew();
      }
    } catch (InterruptedException end) {
      LOG.debug("stopped renewing the lease");
    }
  }

  private void renew() {
    try {
      int renewed =
          jdbi.withHandle(
              handle ->
                  handle.execute(
                      "UPDATE node SET lease_until = " + NOW + " + ? WHERE id = ?",
                      LEASE.toMillis(),
                      id));
      if (renewed == 0 && !closed) {
        markLost();
      }
    } catch (RuntimeException e) {
      // The lease may expire in the meantime; the next write shows whether another node took over.
      LOG.debug("failed to renew the lease: {}", e.toString());
    }
  }

  private void markLost() {
    if (!lost) {
      LOG.error("Another node has taken over the database. This node stores nothing more.");
    }
    lost = true;
  }

  private static Refusal refusal() {
    return Refusal.of(
        Code.TAKEN_OVER,
        "Another node has taken over the database. This node stores nothing more.");
  }
}
