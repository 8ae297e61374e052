package framewise.engine.store.postgres;

import framewise.engine.store.UnusableDataException;
import java.sql.Connection;
import java.sql.SQLException;
import org.jdbi.v3.core.ConnectionException;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lock on the database, held by a connection of its own: a second service would resume the same
 * sessions. The server releases it when the connection ends, also when the process is killed. Used
 * by one thread at a time.
 */
final class ServiceLock implements AutoCloseable {
  private static final long SERVICE = 0x4672_6d77_6c6f_636bL;
  private static final Logger LOG = LoggerFactory.getLogger(ServiceLock.class);

  private final PostgresUrl url;
  private final PGSimpleDataSource source;
  private Connection connection;

  /**
   * Takes the lock.
   *
   * @throws UnusableDataException when another service holds it
   */
  ServiceLock(PostgresUrl url) {
    this.url = url;
    this.source = PostgresPools.single(url);
    this.connection = take();
  }

  /**
   * Takes it again where the connection was lost, before something is written.
   *
   * @throws ConnectionException while the server can't be reached
   * @throws UnusableDataException when another service took it meanwhile
   */
  void keep() {
    try {
      if (connection.isClosed()) {
        connection = take();
      }
    } catch (SQLException e) {
      throw new ConnectionException(e);
    }
  }

  /** Notices a lost connection. */
  void lost() {
    try {
      if (!connection.isValid(1)) {
        connection.close();
      }
    } catch (SQLException e) {
      LOG.debug("the connection of the lock is gone: {}", e.toString());
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.debug("the connection of the lock is gone: {}", e.toString());
    }
  }

  private Connection take() {
    boolean taken = false;
    try {
      Connection fresh = source.getConnection();
      try (var statement = fresh.prepareStatement("SELECT pg_try_advisory_lock(?)")) {
        statement.setLong(1, SERVICE);
        try (var row = statement.executeQuery()) {
          taken = row.next() && row.getBoolean(1);
        }
      } finally {
        if (!taken) {
          fresh.close();
        }
      }
      if (!taken) {
        throw new UnusableDataException(
            "Another Framewise uses the database %s. Stop it first, or set FRAMEWISE_DATABASE to another database."
                .formatted(url.shown()));
      }
      return fresh;
    } catch (SQLException e) {
      throw new ConnectionException(e);
    }
  }
}
