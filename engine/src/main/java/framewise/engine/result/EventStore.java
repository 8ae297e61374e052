package framewise.engine.result;

import framewise.engine.SessionId;
import framewise.engine.store.Database;
import framewise.media.MediaTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** The events of one session in the database. */
final class EventStore {
  private final SessionId session;
  private final Database database;

  EventStore(SessionId session, Database database) {
    this.session = session;
    this.database = database;
  }

  /** Stores an event and what belongs to it in one transaction. */
  void insert(LoggedEvent event, Event content, Consumer<Handle> together) {
    Optional<Event.Result> result =
        content instanceof Event.Result r ? Optional.of(r) : Optional.empty();
    database.write(
        handle -> {
          handle
              .createUpdate(
                  """
                  INSERT INTO event (session_id, seq, run, type, ok, name, start, json)
                  VALUES (:session, :seq, :run, :type, :ok, :name, :start, :json)
                  """)
              .bind("session", session.toString())
              .bind("seq", event.seq())
              .bind("run", event.run())
              .bind("type", event.type())
              .bind("ok", result.map(Event.Result::ok))
              .bind("name", result.flatMap(Event.Result::name))
              .bind("start", result.map(r -> r.clip().start().micros()))
              .bind("json", event.json())
              .execute();
          together.accept(handle);
        });
  }

  /** Stores what belongs to no event. */
  void write(Consumer<Handle> change) {
    database.write(change);
  }

  Optional<LoggedEvent> newest() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT seq, run, type, json FROM event
                    WHERE session_id = :session ORDER BY seq DESC LIMIT 1
                    """)
                .bind("session", session.toString())
                .map((row, context) -> read(row))
                .findOne());
  }

  List<LoggedEvent> after(long since, int limit) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT seq, run, type, json FROM event
                    WHERE session_id = :session AND seq > :since ORDER BY seq LIMIT :limit
                    """)
                .bind("session", session.toString())
                .bind("since", since)
                .bind("limit", limit)
                .map((row, context) -> read(row))
                .list());
  }

  List<LoggedEvent> resultsAfter(long since, int limit, ResultFilter which) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT seq, run, type, json FROM event
                    WHERE session_id = :session AND type = 'result' AND seq > :since
                      AND (:run IS NULL OR run = :run)
                      AND (:name IS NULL OR coalesce(name, '') = :name)
                    ORDER BY seq LIMIT :limit
                    """)
                .bind("session", session.toString())
                .bind("since", since)
                .bind("run", which.run())
                .bind("name", which.name())
                .bind("limit", limit)
                .map((row, context) -> read(row))
                .list());
  }

  List<String> promptNames() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT coalesce(name, '') FROM event
                    WHERE session_id = :session AND type = 'result'
                    GROUP BY name ORDER BY min(seq)
                    """)
                .bind("session", session.toString())
                .mapTo(String.class)
                .list());
  }

  ResultCounts counts() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT count(*) AS results, count(*) - coalesce(sum(ok), 0) AS failed FROM event
                    WHERE session_id = :session AND type = 'result'
                    """)
                .bind("session", session.toString())
                .map(
                    (row, context) ->
                        new ResultCounts(row.getLong("results"), row.getLong("failed")))
                .one());
  }

  Map<String, MediaTime> lastClips(int run) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT coalesce(name, '') AS name, start FROM event
                    WHERE session_id = :session AND seq IN (
                      SELECT max(seq) FROM event
                      WHERE session_id = :session AND type = 'result' AND run = :run
                      GROUP BY name)
                    """)
                .bind("session", session.toString())
                .bind("run", run)
                .reduceRows(
                    new HashMap<>(),
                    (starts, row) -> {
                      starts.put(
                          row.getColumn("name", String.class),
                          new MediaTime(row.getColumn("start", Long.class)));
                      return starts;
                    }));
  }

  /** The first event of a run, or 1 where it has none. */
  long firstSeq(int run) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT coalesce(min(seq), 1) FROM event
                    WHERE session_id = :session AND run = :run
                    """)
                .bind("session", session.toString())
                .bind("run", run)
                .mapTo(Long.class)
                .one());
  }

  private static LoggedEvent read(ResultSet row) throws SQLException {
    return new LoggedEvent(
        row.getLong("seq"), row.getInt("run"), row.getString("type"), row.getString("json"));
  }
}
