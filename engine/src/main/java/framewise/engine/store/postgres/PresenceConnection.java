package framewise.engine.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection over which a node renews its lease, and which holds a lock of its own as long as
 * it is open. When the process of the node dies, its operating system closes the connection, and
 * the lock is free at once: others can take it, and know that the process is gone. A process that
 * is paused keeps the lock, and so does one whose network is cut off. Used by one thread at a time.
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
   * Opens one, with a lock that none had before: the server may take long to notice that the last
   * connection is gone, with its lock.
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

  /** Key of the lock. */
  long lock() {
    return lock;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.debug("the connection of the lease is gone: {}", e.toString());
    }
  }
}
