package framewise.engine.store.postgres;

import framewise.time.WallClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announcements between nodes, with LISTEN and NOTIFY. They are batched and sent at most ten times
 * a second, outside the transactions that they are about, because NOTIFY holds a server-wide lock
 * until the commit. Announcements may get lost, so receivers also check periodically. Safe for any
 * number of threads.
 */
final class PostgresNews implements AutoCloseable {
  /** Reported when announcements may have been missed. */
  static final String ALL = "*all";

  /** Announced when sessions may have no owner now, so that they don't wait for the next check. */
  static final String ORPHANS = "*orphans";

  private static final String CHANNEL = "framewise";
  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final Duration RECONNECT = Duration.ofSeconds(1);

  /** Maximum length of one wait, so that a thread ends soon after {@link #close}. */
  private static final int MAX_WAIT_MS = 500;

  /** Maximum number of ids in a notification, which has at most 8,000 bytes; an id has 36. */
  private static final int MAX_IDS = 200;

  private static final Logger LOG = LoggerFactory.getLogger(PostgresNews.class);

  private final PostgresUrl url;
  private final Jdbi sender;
  private final Consumer<Set<String>> listener;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private final Set<String> pending = new LinkedHashSet<>();
  private final Thread sending =
      Thread.ofPlatform().daemon().name("news-send").unstarted(this::send);
  private final Thread listening =
      Thread.ofPlatform().daemon().name("news-listen").unstarted(this::receive);
  private volatile boolean closed;

  /**
   * @param sender connections for NOTIFY
   * @param listener receives announcements of all nodes, including this one
   */
  PostgresNews(PostgresUrl url, Jdbi sender, Consumer<Set<String>> listener) {
    this.url = url;
    this.sender = sender;
    this.listener = listener;
  }

  void start() {
    sending.start();
    listening.start();
  }

  /** Announces something with the next batch. */
  void announce(String what) {
    lock.lock();
    try {
      if (pending.add(what)) {
        more.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Announces something when the transaction commits. The transaction must be short. */
  static void send(Handle handle, String text) {
    int _ =
        handle
            .createQuery("SELECT 1 FROM (SELECT pg_notify(:channel, :text)) AS sent")
            .bind("channel", CHANNEL)
            .bind("text", text)
            .mapTo(Integer.class)
            .one();
  }

  @Override
  public void close() {
    closed = true;
    sending.interrupt();
    listening.interrupt();
  }

  private void send() {
    try {
      while (!closed) {
        List<String> batch = next();
        try {
          sender.useHandle(handle -> send(handle, String.join(",", batch)));
        } catch (RuntimeException e) {
          LOG.debug("failed to send an announcement: {}", e.toString());
        }
        WallClock.system().sleep(INTERVAL);
      }
    } catch (InterruptedException end) {
      LOG.debug("stopped listening for announcements");
    }
  }

  private List<String> next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (pending.isEmpty()) {
        more.await();
      }
      List<String> batch = pending.stream().limit(MAX_IDS).toList();
      batch.forEach(pending::remove);
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private void receive() {
    while (!closed) {
      try (Connection connection = PostgresPools.single(url).getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("LISTEN " + CHANNEL);
        publish(Set.of(ALL));
        listen(connection.unwrap(PGConnection.class));
      } catch (SQLException e) {
        LOG.debug("failed to listen for announcements: {}", e.toString());
        pause();
      }
    }
  }

  private void listen(PGConnection connection) throws SQLException {
    while (!closed) {
      PGNotification[] received = connection.getNotifications(MAX_WAIT_MS);
      Set<String> names = new HashSet<>();
      for (PGNotification one : received) {
        names.addAll(Arrays.asList(one.getParameter().split(",")));
      }
      if (!names.isEmpty()) {
        publish(names);
      }
    }
  }

  private void publish(Set<String> names) {
    try {
      listener.accept(names);
    } catch (RuntimeException e) {
      LOG.debug("failed to handle an announcement: {}", e.toString());
    }
  }

  private void pause() {
    try {
      WallClock.system().sleep(RECONNECT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    }
  }
}
