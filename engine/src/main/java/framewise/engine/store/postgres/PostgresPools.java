package framewise.engine.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import framewise.overshoot.Secret;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections to PostgreSQL. */
final class PostgresPools {
  private static final int CONNECT_SECONDS = 5;
  private static final int ANSWER_SECONDS = 60;
  private static final int LEASE_SECONDS = 5;
  private static final int WAIT_MS = 2_000;
  private static final int READERS = 10;
  private static final int IDLE_READERS = 2;

  private PostgresPools() {}

  /** Single connections without a limit on the duration of statements. */
  static PGSimpleDataSource single(PostgresUrl url) {
    var source = new PGSimpleDataSource();
    source.setServerNames(new String[] {url.host()});
    source.setPortNumbers(new int[] {url.port()});
    source.setDatabaseName(url.database());
    source.setUser(url.user());
    url.password().map(Secret::reveal).ifPresent(source::setPassword);
    source.setSslMode(url.sslMode());
    source.setApplicationName("framewise");
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setLoginTimeout(CONNECT_SECONDS);
    source.setTcpKeepAlive(true);
    return source;
  }

  /** Single connections for statements that must be quick. */
  static PGSimpleDataSource impatient(PostgresUrl url) {
    PGSimpleDataSource source = single(url);
    source.setSocketTimeout(LEASE_SECONDS);
    source.setOptions("-c idle_in_transaction_session_timeout=2s -c lock_timeout=2s");
    return source;
  }

  /** A connection for announcements and for the end of a lease. */
  static HikariDataSource lease(PostgresUrl url) {
    var config = new HikariConfig();
    config.setDataSource(impatient(url));
    config.setPoolName("framewise-lease");
    config.setConnectionTimeout(WAIT_MS);
    config.setValidationTimeout(WAIT_MS / 2);
    config.setInitializationFailTimeout(-1);
    config.setMaximumPoolSize(1);
    return new HikariDataSource(config);
  }

  /** Connections for reads. Each transaction sees one snapshot. */
  static HikariDataSource readers(PostgresUrl url) {
    HikariConfig config = config(url, "framewise-read");
    config.setMaximumPoolSize(READERS);
    config.setMinimumIdle(IDLE_READERS);
    config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
    return new HikariDataSource(config);
  }

  /**
   * The connection for writes.
   *
   * @param node id of this node, for new sessions; empty for commands
   */
  static HikariDataSource writer(PostgresUrl url, String node) {
    HikariConfig config = config(url, "framewise-write");
    config.setMaximumPoolSize(1);
    // The server ends the transaction of a paused process, so that it does not keep its locks.
    config.setConnectionInitSql(
        "SET idle_in_transaction_session_timeout = '2s'; SET framewise.node = '%s'"
            .formatted(node));
    return new HikariDataSource(config);
  }

  private static HikariConfig config(PostgresUrl url, String name) {
    PGSimpleDataSource source = single(url);
    source.setSocketTimeout(ANSWER_SECONDS);
    var config = new HikariConfig();
    config.setDataSource(source);
    config.setPoolName(name);
    config.setConnectionTimeout(WAIT_MS);
    config.setValidationTimeout(WAIT_MS / 2);
    config.setInitializationFailTimeout(-1);
    return config;
  }
}
