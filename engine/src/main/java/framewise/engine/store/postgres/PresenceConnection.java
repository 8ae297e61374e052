package framewise.engine.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection over which a node renews its lease. While open, it holds an advisory lock of its
 * own. When the node's process dies, its operating system closes the connection and so frees the
 * lock at once: other nodes can take it, and know that the process is gone. A paused process keeps
 * the lock, and so does one without a network. Used by one thread at a time.
 */
final class PresenceConnection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PresenceConnection.class);

  private final Connection connection;
  private final Jdbi jdbi;
  private final long lock;

  private PresenceConnection(Connection connection, long lock) {
    this.connection = connection;
    this.jdbi = PostgresDatabase.configured(Jdbi.create(connection));
    this.lock = lock;
  }

  /**
   * Opens a connection with a new lock, because the server may take long to notice that the
   * previous connection is gone, and to free its lock.
   */
  static PresenceConnection open(PostgresUrl url) throws SQLException {
    Connection connection = PostgresPools.impatient(url).getConnection();
    boolean opened = false;
    try {
      var presence = new PresenceConnection(connection, ThreadLocalRandom.current().nextLong());
      presence.jdbi.useHandle(
          handle -> handle.execute("SELECT pg_advisory_lock(?)", presence.lock));
      opened = true;
      return presence;
    } finally {
      if (!opened) {
        connection.close();
      }
    }
  }

  /** Runs statements on it. */
  Jdbi jdbi() {
    return jdbi;
  }

  /** Key of the advisory lock. */
  long lock() {
    return lock;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.debug("lost the connection of the lease: {}", e.toString());
    }
  }
}
