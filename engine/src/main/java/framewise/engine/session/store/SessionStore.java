package framewise.engine.session.store;

import framewise.engine.SessionId;
import framewise.engine.Status;
import framewise.engine.keep.KeepJson;
import framewise.engine.keep.KeepSettings;
import framewise.engine.result.EventSweep;
import framewise.engine.result.Tally;
import framewise.engine.session.view.VideoJson;
import framewise.engine.settings.SettingsJson;
import framewise.engine.store.Database;
import framewise.media.network.VideoUrl;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Reads and writes sessions in the database. Safe for any number of threads. */
public final class SessionStore {
  private static final int DELETED_AT_ONCE = 5_000;

  private final Database database;

  public SessionStore(Database database) {
    this.database = database;
  }

  /** Stores a new session. */
  public void insert(SessionRow session) {
    database.write(handle -> insert(handle, session));
  }

  private static void insert(Handle handle, SessionRow session) {
    handle
        .createUpdate(
            """
            INSERT INTO session
              (id, source, filename, url, file_size, video, created_at, status, dropped, keep)
            VALUES
              (:id, :source, :filename, :url, :fileSize, :video, :createdAt, :status, :dropped, :keep)
            """)
        .bind("id", session.id().toString())
        .bind("source", session.source().wireName())
        .bind("filename", session.filename())
        .bind("url", session.url().map(VideoUrl::whole))
        .bind("fileSize", session.fileSize())
        .bind("video", VideoJson.write(session.video()).toString())
        .bind("createdAt", session.createdAt().toEpochMilli())
        .bind("status", session.status().wireName())
        .bind("dropped", session.dropped())
        .bind("keep", session.keep().map(keep -> KeepJson.write(keep).toString()))
        .execute();
  }

  /** The session with this id. */
  public Optional<SessionRow> find(SessionId id) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT * FROM session WHERE id = :id")
                .bind("id", id.toString())
                .map((row, context) -> SessionRowReader.read(row))
                .findOne()
                .flatMap(row -> row));
  }

  /** Ids of the sessions with this status. */
  public List<SessionId> withStatus(Status status) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT id FROM session WHERE status = :status ORDER BY created_at")
                .bind("status", status.wireName())
                .mapTo(String.class)
                .stream()
                .flatMap(id -> SessionId.parse(id).stream())
                .toList());
  }

  /** The sessions with their own keep settings. */
  public Map<SessionId, KeepSettings> ownKeep() {
    Map<SessionId, KeepSettings> own = new HashMap<>();
    database
        .read(
            handle ->
                handle
                    .createQuery("SELECT id, keep FROM session WHERE keep IS NOT NULL")
                    .map((row, context) -> Map.entry(row.getString("id"), row.getString("keep")))
                    .list())
        .forEach(
            row ->
                SessionId.parse(row.getKey())
                    .ifPresent(
                        id -> own.put(id, KeepJson.read(SessionRowReader.json(row.getValue())))));
    return own;
  }

  /** The sessions that were opened from a bundle. */
  public Set<SessionId> imported() {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT id FROM session WHERE imported_at IS NOT NULL")
                .mapTo(String.class)
                .stream()
                .flatMap(id -> SessionId.parse(id).stream())
                .collect(Collectors.toSet()));
  }

  /** Stores a session from a bundle, with all its fields. */
  public void insertImported(SessionRow session) {
    database.write(
        handle -> {
          insert(handle, session);
          handle
              .createUpdate(
                  """
                  UPDATE session SET name = :name, reason = :reason, settings = :settings,
                    unchanged = :unchanged, imported_at = :importedAt WHERE id = :id
                  """)
              .bind("id", session.id().toString())
              .bind("name", session.name())
              .bind("reason", session.reason())
              .bind("settings", session.settings().map(with -> SettingsJson.write(with).toString()))
              .bind("unchanged", session.unchanged())
              .bind("importedAt", session.importedAt().map(Instant::toEpochMilli))
              .execute();
          SessionUpdates.addSpent(handle, session.id(), session.spent());
        });
  }

  /** A session with the summary of its log. */
  public record SessionSummary(SessionRow row, Tally tally) {}

  /** A page of sessions, newest first. */
  public List<SessionSummary> page(int offset, int limit) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT session.*, last_seq, run, run_start, results, failed, at, answer, answer_ok,
                      last_run
                    FROM session LEFT JOIN tally ON tally.session_id = session.id
                    ORDER BY created_at DESC, id LIMIT :limit OFFSET :offset
                    """)
                .bind("limit", limit)
                .bind("offset", offset)
                .map(
                    (row, context) -> {
                      Tally tally = Tally.read(row);
                      return SessionRowReader.read(row)
                          .map(session -> new SessionSummary(session, tally));
                    })
                .stream()
                .flatMap(Optional::stream)
                .toList());
  }

  /**
   * A session as it is stored.
   *
   * @param lookback whether a look-back is under way
   */
  public record StoredSession(SessionRow row, Tally tally, boolean lookback) {}

  /** These sessions, each with the summary of its log, read in one snapshot. */
  public Map<SessionId, StoredSession> observed(Set<SessionId> ids) {
    Map<SessionId, StoredSession> found = new HashMap<>();
    database.read(
        handle -> {
          handle
              .createQuery(
                  """
                  SELECT session.*, last_seq, run, run_start, results, failed, at, answer,
                    answer_ok, last_run, EXISTS (SELECT 1 FROM lookback
                      WHERE lookback.session_id = session.id AND lookback.status = 'running')
                      AS looks
                  FROM session LEFT JOIN tally ON tally.session_id = session.id
                  WHERE session.id IN (<ids>)
                  """)
              .bindList("ids", ids.stream().map(SessionId::toString).toList())
              .map(
                  (row, context) -> {
                    Tally tally = Tally.read(row);
                    boolean looks = row.getBoolean("looks");
                    return SessionRowReader.read(row)
                        .map(session -> new StoredSession(session, tally, looks));
                  })
              .forEach(one -> one.ifPresent(each -> found.put(each.row().id(), each)));
          return found;
        });
    return found;
  }

  /** Ids of all sessions, in no order. */
  public Set<SessionId> ids() {
    return database.read(
        handle ->
            handle.createQuery("SELECT id FROM session").mapTo(String.class).stream()
                .flatMap(id -> SessionId.parse(id).stream())
                .collect(Collectors.toSet()));
  }

  /** Number of sessions. */
  public long count() {
    return database.read(
        handle -> handle.createQuery("SELECT count(*) FROM session").mapTo(Long.class).one());
  }

  /** Acquires the write lock and releases it. */
  public void touch() {
    database.write(handle -> handle.execute("UPDATE session SET status = status WHERE id IS NULL"));
  }

  /** Deletes a session with its events, in several short steps if there are many events. */
  public void delete(SessionId id) {
    for (int deleted = DELETED_AT_ONCE; deleted == DELETED_AT_ONCE; ) {
      deleted = EventSweep.deleteOldest(database, id, DELETED_AT_ONCE);
    }
    database.writeFromReserve(
        handle -> {
          EventSweep.forget(handle, id);
          handle.execute("DELETE FROM session WHERE id = ?", id.toString());
        });
  }

  /** Counts a crash of the process while this session was streaming. */
  public int addCrash(SessionId id) {
    var crashes = new AtomicInteger();
    database.writeFromReserve(
        handle ->
            crashes.set(
                handle
                    .createQuery(
                        "UPDATE session SET crashes = crashes + 1 WHERE id = :id RETURNING crashes")
                    .bind("id", id.toString())
                    .mapTo(Integer.class)
                    .findOne()
                    .orElse(0)));
    return crashes.get();
  }

  /** Resets the crash counts, after a normal end of the process or a long enough uptime. */
  public void forgetCrashes() {
    database.writeFromReserve(
        handle -> handle.execute("UPDATE session SET crashes = 0 WHERE crashes > 0"));
  }

  /** Resets the crash count of a session. */
  public void forgetCrashes(SessionId id) {
    database.write(handle -> SessionUpdates.forgetCrashes(handle, id));
  }
}
