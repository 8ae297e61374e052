package framewise.engine.incident;

import framewise.engine.SessionId;
import framewise.engine.store.Database;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Reads and writes incidents in the database. Safe for any number of threads. */
public final class IncidentStore {
  /** Each entry migrates the table from its index to the next version; never change one. */
  private static final List<String> STEPS =
      List.of(
          """
          CREATE TABLE incident (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            watch_id TEXT NOT NULL,
            session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
            open INTEGER NOT NULL,
            opened_at INTEGER NOT NULL,
            acknowledged INTEGER NOT NULL,
            body TEXT NOT NULL
          ) STRICT;
          CREATE INDEX incident_by_session ON incident (session_id, number);
          CREATE INDEX incident_by_watch ON incident (watch_id, number);
          CREATE INDEX incident_by_time ON incident (opened_at);
          """);

  private final Database database;

  /** Updates the schema. */
  public IncidentStore(Database database) {
    this.database = database;
    database.extend("incident", STEPS);
  }

  /** Stores an incident, in the caller's transaction. */
  public void put(Handle handle, Incident incident) {
    handle
        .createUpdate(
            """
            INSERT INTO incident (id, watch_id, session_id, open, opened_at, acknowledged, body)
            VALUES (:id, :watch, :session, :open, :opened, :acknowledged, :body)
            ON CONFLICT (id) DO UPDATE SET open = excluded.open,
              acknowledged = excluded.acknowledged, body = excluded.body
            """)
        .bind("id", incident.id())
        .bind("watch", incident.watchId())
        .bind("session", incident.session().toString())
        .bind("open", incident.isOpen())
        .bind("opened", incident.opened().at().toEpochMilli())
        .bind("acknowledged", incident.acknowledged().isPresent())
        .bind("body", IncidentJson.stored(incident))
        .execute();
  }

  public Optional<Incident> find(String id) {
    return database.read(handle -> find(handle, id));
  }

  /** Like {@link #find(String)}, in the caller's transaction. */
  public Optional<Incident> find(Handle handle, String id) {
    return handle
        .createQuery("SELECT body FROM incident WHERE id = :id")
        .bind("id", id)
        .mapTo(String.class)
        .findOne()
        .flatMap(IncidentJson::read);
  }

  /** Matching incidents, most recently opened first. */
  public List<Incident> list(IncidentFilter filter, int limit) {
    return database.read(
        handle -> {
          Query query =
              handle.createQuery(
                  """
                  SELECT body FROM incident WHERE %s AND %s ORDER BY number DESC LIMIT :limit
                  """
                      .formatted(CONDITIONS, visible(filter)));
          return bind(query, filter).bind("limit", limit).mapTo(String.class).list().stream()
              .flatMap(body -> IncidentJson.read(body).stream())
              .toList();
        });
  }

  /** Number of incidents that match. */
  public long count(IncidentFilter filter) {
    return database.read(
        handle ->
            bind(
                    handle.createQuery(
                        "SELECT count(*) FROM incident WHERE %s AND %s"
                            .formatted(CONDITIONS, visible(filter))),
                    filter)
                .mapTo(Long.class)
                .one());
  }

  /** Ids of all incidents of a session. */
  public List<String> ids(SessionId session) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT id FROM incident WHERE session_id = :session")
                .bind("session", session.toString())
                .mapTo(String.class)
                .list());
  }

  /**
   * Deletes ended incidents that opened before a time.
   *
   * @return how many
   */
  public int deleteBefore(Instant time) {
    var deleted = new ArrayList<Integer>();
    database.write(
        handle ->
            deleted.add(
                handle.execute(
                    "DELETE FROM incident WHERE open = 0 AND opened_at < ?", time.toEpochMilli())));
    return deleted.stream().mapToInt(Integer::intValue).sum();
  }

  private static final String CONDITIONS =
      """
      (CAST(:session AS TEXT) IS NULL OR session_id = :session)
      AND (CAST(:watch AS TEXT) IS NULL OR watch_id = :watch)
      AND (CAST(:open AS BIGINT) IS NULL OR open = :open)
      AND (CAST(:from AS BIGINT) IS NULL OR opened_at >= :from)
      AND (CAST(:to AS BIGINT) IS NULL OR opened_at < :to)
      AND (CAST(:acknowledged AS BIGINT) IS NULL OR acknowledged = :acknowledged)
      AND (CAST(:before AS TEXT) IS NULL OR number < (SELECT number FROM incident WHERE id = :before))
      """;

  /** SQL condition on the visible sessions. Ids contain no quotes, so they are safe to inline. */
  private static String visible(IncidentFilter filter) {
    return filter
        .visible()
        .map(
            ids ->
                "session_id IN (%s)"
                    .formatted(
                        ids.stream().map("'%s'"::formatted).collect(Collectors.joining(","))))
        .orElse("true");
  }

  private static Query bind(Query query, IncidentFilter filter) {
    return query
        .bind("session", filter.session().map(SessionId::toString))
        .bind("watch", filter.watch())
        .bind("open", filter.open())
        .bind("from", filter.from().map(Instant::toEpochMilli))
        .bind("to", filter.to().map(Instant::toEpochMilli))
        .bind("before", filter.before())
        .bind("acknowledged", filter.acknowledged());
  }
}
