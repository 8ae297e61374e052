package framewise.engine.lookback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import framewise.engine.SessionId;
import framewise.engine.store.Database;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads and writes look-backs in the database. Safe for any number of threads. */
public final class LookbackStore {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Logger LOG = LoggerFactory.getLogger(LookbackStore.class);

  private final Database database;

  /** A look-back that was running, with its session. */
  public record SessionLookback(SessionId session, Lookback lookback) {}

  public LookbackStore(Database database) {
    this.database = database;
  }

  /** Writes a look-back, in the transaction of the handle. */
  public static void write(Handle handle, SessionId session, Lookback lookback) {
    handle
        .createUpdate(
            """
            INSERT INTO lookback (session_id, run, status, json)
            VALUES (:session, :run, :status, :json)
            ON CONFLICT (session_id, run) DO UPDATE SET status = excluded.status,
              json = excluded.json
            """)
        .bind("session", session.toString())
        .bind("run", lookback.run())
        .bind("status", lookback.status().wireName())
        .bind("json", LookbackJson.write(lookback).toString())
        .execute();
  }

  /** The look-backs of a session, newest first. */
  public List<Lookback> of(SessionId session, int limit) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT json FROM lookback WHERE session_id = :session
                    ORDER BY run DESC LIMIT :limit
                    """)
                .bind("session", session.toString())
                .bind("limit", limit)
                .mapTo(String.class)
                .stream()
                .flatMap(text -> read(text).stream())
                .toList());
  }

  /** The look-back with this number. */
  public Optional<Lookback> find(SessionId session, int run) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT json FROM lookback WHERE session_id = :session AND run = :run")
                .bind("session", session.toString())
                .bind("run", run)
                .mapTo(String.class)
                .findOne()
                .flatMap(LookbackStore::read));
  }

  /** Look-backs that were running when the process ended. */
  public List<SessionLookback> running() {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT session_id, json FROM lookback WHERE status = 'running'")
                .map((row, context) -> stored(row.getString(1), row.getString(2)))
                .stream()
                .flatMap(Optional::stream)
                .toList());
  }

  private static Optional<SessionLookback> stored(String session, String json) {
    return SessionId.parse(session)
        .flatMap(id -> read(json).map(lookback -> new SessionLookback(id, lookback)));
  }

  private static Optional<Lookback> read(String text) {
    try {
      return Optional.of(LookbackJson.read(JSON.readTree(text)));
    } catch (JsonProcessingException | RuntimeException damaged) {
      LOG.warn("a look-back of the database can't be read: {}", damaged.toString());
      return Optional.empty();
    }
  }
}
