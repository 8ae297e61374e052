package framewise.engine.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import framewise.engine.SessionId;
import framewise.engine.cluster.Cluster;
import framewise.engine.incident.IncidentStore;
import framewise.engine.store.Database;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads and writes watches and their state in the database. */
final class WatchStore {
  /** Each entry migrates the tables from its index to the next version; never change one. */
  private static final List<String> STEPS =
      List.of(
          """
          CREATE TABLE watch (
            id TEXT PRIMARY KEY,
            created_at INTEGER NOT NULL,
            triggers INTEGER NOT NULL,
            body TEXT NOT NULL
          ) STRICT;
          CREATE TABLE watch_state (
            session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
            watch_id TEXT NOT NULL REFERENCES watch (id) ON DELETE CASCADE,
            state TEXT NOT NULL,
            PRIMARY KEY (session_id, watch_id)
          ) STRICT, WITHOUT ROWID;
          CREATE INDEX watch_state_by_watch ON watch_state (watch_id);
          """,
          "ALTER TABLE watch ADD COLUMN owner TEXT NOT NULL DEFAULT ''");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Logger LOG = LoggerFactory.getLogger(WatchStore.class);

  private final Database database;
  private final IncidentStore incidents;

  WatchStore(Database database, IncidentStore incidents) {
    this.database = database;
    this.incidents = incidents;
    database.extend("watch", STEPS);
  }

  /** All watches, oldest first, without damaged ones. */
  List<Watch> all() {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT body, owner, triggers FROM watch ORDER BY created_at, id")
                .map(
                    (row, context) ->
                        WatchJson.read(row.getString(1), row.getString(2), row.getLong(3)))
                .list()
                .stream()
                .flatMap(watch -> watch.stream())
                .toList());
  }

  void put(Watch watch) {
    database.write(
        handle ->
            handle
                .createUpdate(
                    """
                    INSERT INTO watch (id, created_at, triggers, owner, body)
                    VALUES (:id, :created, :triggers, :owner, :body)
                    ON CONFLICT (id) DO UPDATE SET body = excluded.body
                    """)
                .bind("id", watch.id())
                .bind("created", watch.createdAt().toEpochMilli())
                .bind("triggers", watch.triggers())
                .bind("owner", watch.owner())
                .bind("body", WatchJson.write(watch).toString())
                .execute());
    announce();
  }

  private void announce() {
    database.cluster().ifPresent(cluster -> cluster.announce(Cluster.Topic.WATCHES));
  }

  /** Like {@link #put}, but works even while the disk is full. */
  void update(Watch watch) {
    database.writeFromReserve(
        handle ->
            handle.execute(
                "UPDATE watch SET body = ? WHERE id = ?",
                WatchJson.write(watch).toString(),
                watch.id()));
    announce();
  }

  /** Ids of all sessions. */
  Set<SessionId> sessions() {
    return database.read(
        handle ->
            handle.createQuery("SELECT id FROM session").mapTo(String.class).list().stream()
                .flatMap(id -> SessionId.parse(id).stream())
                .collect(Collectors.toSet()));
  }

  void delete(String id) {
    database.writeFromReserve(handle -> handle.execute("DELETE FROM watch WHERE id = ?", id));
    announce();
  }

  /** Counts incidents that a watch opened, in the caller's transaction. */
  void addTriggers(Handle handle, String watch, int opened) {
    handle.execute("UPDATE watch SET triggers = triggers + ? WHERE id = ?", opened, watch);
  }

  /** State of the watches in a session, by watch id. */
  Map<String, Tracking> trackings(SessionId session) {
    return database.read(
        handle -> {
          Map<String, Tracking> found = new HashMap<>();
          handle
              .createQuery("SELECT watch_id, state FROM watch_state WHERE session_id = :session")
              .bind("session", session.toString())
              .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
              .forEach(row -> found.put(row.getKey(), read(handle, row.getValue())));
          return found;
        });
  }

  private Tracking read(Handle handle, String state) {
    try {
      return TrackingJson.read(JSON.readTree(state), id -> incidents.find(handle, id));
    } catch (JsonProcessingException | RuntimeException damaged) {
      LOG.warn("the stored state of a watch is damaged: {}", damaged.toString());
      return Tracking.START;
    }
  }

  /** Sessions in which a watch has stored state. */
  List<SessionId> sessionsOf(String watch) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT session_id FROM watch_state WHERE watch_id = :watch")
                .bind("watch", watch)
                .mapTo(String.class)
                .list()
                .stream()
                .flatMap(id -> SessionId.parse(id).stream())
                .toList());
  }

  /**
   * Stores a watch's state in a session, in the caller's transaction. Has no effect if the watch
   * was deleted in the meantime.
   */
  void put(Handle handle, String watch, SessionId session, Tracking tracking) {
    handle
        .createUpdate(
            """
            INSERT INTO watch_state (session_id, watch_id, state)
            SELECT :session, id, :state FROM watch WHERE id = :watch
            ON CONFLICT (session_id, watch_id) DO UPDATE SET state = excluded.state
            """)
        .bind("session", session.toString())
        .bind("watch", watch)
        .bind("state", TrackingJson.write(tracking))
        .execute();
  }
}
