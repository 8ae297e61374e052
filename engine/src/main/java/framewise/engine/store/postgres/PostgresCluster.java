package framewise.engine.store.postgres;

import framewise.engine.SessionId;
import framewise.engine.cluster.Cluster;
import framewise.engine.cluster.Node;
import framewise.engine.cluster.NodeCapacity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/** The nodes that share a PostgreSQL database. */
final class PostgresCluster implements Cluster, AutoCloseable {
  private static final String TOPIC = "*";
  private static final String ME = "current_setting('framewise.node')";

  private static final Listener NO_LISTENER =
      new Listener() {
        @Override
        public void changed(Set<SessionId> sessions) {}

        @Override
        public void changed(Topic topic) {}

        @Override
        public void orphaned() {}

        @Override
        public void lost() {}
      };

  private final PostgresDatabase database;
  private final SharedLease lease;
  private final String address;
  private final PostgresNews news;
  private volatile Listener listener = NO_LISTENER;

  PostgresCluster(PostgresDatabase database, PostgresUrl url, SharedLease lease, String address) {
    this.database = database;
    this.lease = lease;
    this.address = address;
    this.news = new PostgresNews(url, lease.jdbi(), this::follow);
    lease.listen(() -> listener.lost());
  }

  @Override
  public String id() {
    return lease.id();
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public void listen(Listener other) {
    listener = other;
    news.start();
  }

  @Override
  public List<Node> nodes() {
    return database.read(
        handle -> select(handle, "ORDER BY started_at, id").map(PostgresCluster::node).list());
  }

  @Override
  public boolean leads() {
    return lease.leads();
  }

  @Override
  public Optional<Node> owner(SessionId session) {
    return database.read(
        handle ->
            select(handle, "WHERE id = (SELECT owner FROM session WHERE session.id = :session)")
                .bind("session", session.toString())
                .map(PostgresCluster::node)
                .findOne()
                .filter(Node::isAlive));
  }

  @Override
  public boolean claim(SessionId session) {
    var claimed = new boolean[1];
    database.write(
        handle ->
            claimed[0] =
                handle
                        .createUpdate(
                            """
                            UPDATE session SET owner = %s, epoch = epoch + 1
                            WHERE id = :id AND owner IS NULL
                            """
                                .formatted(ME))
                        .bind("id", session.toString())
                        .execute()
                    > 0);
    if (claimed[0]) {
      announce(session);
    }
    return claimed[0];
  }

  @Override
  public List<SessionId> orphans(int limit) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT id FROM session WHERE owner IS NULL
                      AND (status = 'streaming' OR (status = 'waiting' AND settings IS NOT NULL)
                        OR EXISTS (SELECT 1 FROM lookback
                          WHERE session_id = session.id AND lookback.status = 'running'))
                    ORDER BY random() LIMIT :limit
                    """)
                .bind("limit", limit)
                .mapTo(String.class)
                .stream()
                .flatMap(id -> SessionId.parse(id).stream())
                .toList());
  }

  @Override
  public List<SessionId> owned() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT id FROM session WHERE owner = :id AND status IN ('streaming', 'waiting')")
                .bind("id", lease.id())
                .mapTo(String.class)
                .stream()
                .flatMap(id -> SessionId.parse(id).stream())
                .toList());
  }

  @Override
  public void release(Collection<SessionId> sessions) {
    if (sessions.isEmpty()) {
      return;
    }
    database.write(
        handle ->
            handle
                .createUpdate(
                    """
                    UPDATE session SET owner = NULL, epoch = epoch + 1
                    WHERE owner = %s AND id IN (<ids>)
                    """
                        .formatted(ME))
                .bindList("ids", sessions.stream().map(SessionId::toString).toList())
                .execute());
    news.announce(PostgresNews.ORPHANS);
    sessions.forEach(this::announce);
  }

  @Override
  public void announce(SessionId session) {
    news.announce(session.toString());
  }

  @Override
  public void announce(Topic topic) {
    news.announce(TOPIC + topic.name().toLowerCase(Locale.ROOT));
  }

  @Override
  public void report(NodeCapacity room) {
    lease.report(room);
  }

  @Override
  public void drain(boolean draining) {
    lease.drain(draining);
  }

  @Override
  public boolean isDraining() {
    return lease.isDraining();
  }

  @Override
  public void close() {
    news.close();
  }

  private void follow(Set<String> names) {
    if (names.contains(PostgresNews.ORPHANS)) {
      listener.orphaned();
    }
    Set<SessionId> sessions = new HashSet<>();
    names.forEach(one -> SessionId.parse(one).ifPresent(sessions::add));
    for (Topic topic : EnumSet.allOf(Topic.class)) {
      if (names.contains(TOPIC + topic.name().toLowerCase(Locale.ROOT))) {
        listener.changed(topic);
      }
    }
    if (!sessions.isEmpty()) {
      listener.changed(sessions);
    }
  }

  /** Selects columns by name, so that columns added by a newer version make no difference. */
  private static Query select(Handle handle, String which) {
    return handle.createQuery(
        """
        SELECT id, address, url, version, started_at, streaming, room, free, busy, draining,
          lease_until - %s AS left_ms,
          (SELECT count(*) FROM session WHERE session.owner = node.id) AS owned
        FROM node %s
        """
            .formatted(NodeLease.NOW, which));
  }

  private static Node node(ResultSet row, StatementContext context) throws SQLException {
    return new Node(
        row.getString("id"),
        row.getString("address"),
        row.getString("url"),
        row.getString("version"),
        Instant.ofEpochMilli(row.getLong("started_at")),
        Duration.ofMillis(row.getLong("left_ms")),
        row.getLong("owned"),
        new NodeCapacity(
            row.getInt("streaming"),
            row.getInt("room"),
            row.getInt("free"),
            row.getInt("busy") != 0),
        row.getInt("draining") != 0);
  }
}
