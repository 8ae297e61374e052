package framewise.engine.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import framewise.engine.SessionId;
import framewise.engine.Status;
import framewise.engine.keep.KeepJson;
import framewise.engine.keep.KeepSettings;
import framewise.engine.money.Dollars;
import framewise.engine.money.Spent;
import framewise.engine.money.Sums;
import framewise.engine.result.EventSweep;
import framewise.engine.result.Tally;
import framewise.engine.session.view.VideoJson;
import framewise.engine.settings.SettingsJson;
import framewise.engine.settings.StreamSettings;
import framewise.engine.source.SourceKind;
import framewise.engine.store.Database;
import framewise.media.VideoInfo;
import framewise.media.network.ShownUrl;
import framewise.media.network.VideoUrl;
import framewise.vision.Usage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads and writes sessions in the database. */
final class SessionStore {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int DELETED_AT_ONCE = 5_000;
  private static final Logger LOG = LoggerFactory.getLogger(SessionStore.class);

  private final Database database;

  SessionStore(Database database) {
    this.database = database;
  }

  void insert(SessionRow session) {
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

  Optional<SessionRow> find(SessionId id) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT * FROM session WHERE id = :id")
                .bind("id", id.toString())
                .map((row, context) -> read(row))
                .findOne()
                .flatMap(row -> row));
  }

  List<SessionId> withStatus(Status status) {
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

  /** The sessions that keep pictures by settings of their own. */
  Map<SessionId, KeepSettings> ownKeep() {
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
                    .ifPresent(id -> own.put(id, KeepJson.read(json(row.getValue())))));
    return own;
  }

  /** The sessions that were opened from a bundle. */
  Set<SessionId> imported() {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT id FROM session WHERE imported_at IS NOT NULL")
                .mapTo(String.class)
                .stream()
                .flatMap(id -> SessionId.parse(id).stream())
                .collect(Collectors.toSet()));
  }

  /** Stores a session that another service made, with all that is known of it. */
  void insertImported(SessionRow session) {
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
          addSpent(handle, session.id(), session.spent());
        });
  }

  /** A session and where its log is. */
  record Listed(SessionRow row, Tally tally) {}

  /** A page of sessions, newest first. */
  List<Listed> page(int offset, int limit) {
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
                      return read(row).map(session -> new Listed(session, tally));
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
  record Observed(SessionRow row, Tally tally, boolean lookback) {}

  /** These sessions, each with its log's summary of the same moment. */
  Map<SessionId, Observed> observed(Set<SessionId> ids) {
    Map<SessionId, Observed> found = new HashMap<>();
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
                    return read(row).map(session -> new Observed(session, tally, looks));
                  })
              .forEach(one -> one.ifPresent(each -> found.put(each.row().id(), each)));
          return found;
        });
    return found;
  }

  /** Ids of all sessions, in no order. */
  Set<SessionId> ids() {
    return database.read(
        handle ->
            handle.createQuery("SELECT id FROM session").mapTo(String.class).stream()
                .flatMap(id -> SessionId.parse(id).stream())
                .collect(Collectors.toSet()));
  }

  long count() {
    return database.read(
        handle -> handle.createQuery("SELECT count(*) FROM session").mapTo(Long.class).one());
  }

  /** Acquires the write lock and releases it. */
  void touch() {
    database.write(handle -> handle.execute("UPDATE session SET status = status WHERE id IS NULL"));
  }

  /** Deletes a session with its events; many events in several steps, so that none takes long. */
  void delete(SessionId id) {
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
  int addCrash(SessionId id) {
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

  /** Resets the crash counts, after a regular end of the process or a long enough run. */
  void forgetCrashes() {
    database.writeFromReserve(
        handle -> handle.execute("UPDATE session SET crashes = 0 WHERE crashes > 0"));
  }

  /** Resets the crash count of a session. */
  void forgetCrashes(SessionId id) {
    database.write(handle -> forgetCrashes(handle, id));
  }

  static void forgetCrashes(Handle handle, SessionId id) {
    handle.execute("UPDATE session SET crashes = 0 WHERE id = ? AND crashes > 0", id.toString());
  }

  static void updateVideoDeleted(Handle handle, SessionId id, Instant at) {
    handle.execute(
        "UPDATE session SET video_deleted_at = ? WHERE id = ?", at.toEpochMilli(), id.toString());
  }

  /** Stores a status; called in the transaction of the event that reports it. */
  static void updateStatus(Handle handle, SessionId id, Status status, Optional<String> reason) {
    handle
        .createUpdate("UPDATE session SET status = :status, reason = :reason WHERE id = :id")
        .bind("status", status.wireName())
        .bind("reason", reason)
        .bind("id", id.toString())
        .execute();
  }

  static void updateName(Handle handle, SessionId id, Optional<String> name) {
    handle
        .createUpdate("UPDATE session SET name = :name WHERE id = :id")
        .bind("name", name)
        .bind("id", id.toString())
        .execute();
  }

  static void updateSettings(Handle handle, SessionId id, StreamSettings settings) {
    handle
        .createUpdate("UPDATE session SET settings = :settings WHERE id = :id")
        .bind("settings", SettingsJson.write(settings).toString())
        .bind("id", id.toString())
        .execute();
  }

  static void updateVideo(Handle handle, SessionId id, VideoInfo video) {
    handle
        .createUpdate("UPDATE session SET video = :video WHERE id = :id")
        .bind("video", VideoJson.write(Optional.of(video)).toString())
        .bind("id", id.toString())
        .execute();
  }

  static void addDropped(Handle handle, SessionId id, long clips) {
    handle
        .createUpdate("UPDATE session SET dropped = dropped + :clips WHERE id = :id")
        .bind("clips", clips)
        .bind("id", id.toString())
        .execute();
  }

  static void addUnchanged(Handle handle, SessionId id, long clips) {
    handle
        .createUpdate("UPDATE session SET unchanged = unchanged + :clips WHERE id = :id")
        .bind("clips", clips)
        .bind("id", id.toString())
        .execute();
  }

  static void addSpent(Handle handle, SessionId id, Spent spent) {
    handle
        .createUpdate(
            """
            UPDATE session SET
              input_tokens = %s,
              output_tokens = %s,
              unpriced = unpriced + :unpriced,
              cost = %s
            WHERE id = :id
            """
                .formatted(
                    Sums.tokens("input_tokens", ":input"),
                    Sums.tokens("output_tokens", ":output"),
                    Sums.cost("cost", ":cost")))
        .bind("input", spent.usage().inputTokens())
        .bind("output", spent.usage().outputTokens())
        .bind("unpriced", spent.unpriced())
        .bind("cost", Dollars.billionths(spent.dollars()))
        .bind("id", id.toString())
        .execute();
  }

  /** Empty where even the id is unreadable; other rows are not affected. */
  private static Optional<SessionRow> read(ResultSet row) throws SQLException {
    Optional<SessionId> id = SessionId.parse(String.valueOf(row.getString("id")));
    if (id.isEmpty()) {
      LOG.warn("a session of the database has no id that can be read; it isn't shown");
      return Optional.empty();
    }
    try {
      return Optional.of(sound(id.get(), row));
    } catch (RuntimeException e) {
      LOG.warn("the record of session {} is damaged: {}", id.get(), e.toString());
      return Optional.of(
          SessionRow.damaged(
              id.get(),
              String.valueOf(row.getString("filename")),
              Instant.ofEpochMilli(row.getLong("created_at"))));
    }
  }

  private static SessionRow sound(SessionId id, ResultSet row) throws SQLException {
    Optional<VideoUrl> url = Optional.ofNullable(row.getString("url")).map(VideoUrl::parse);
    String name = row.getString("filename");
    long videoDeletedAt = row.getLong("video_deleted_at");
    long importedAt = row.getLong("imported_at");
    SourceKind source = SourceKind.ofWireName(row.getString("source"));
    Optional<VideoInfo> video = VideoJson.read(json(row.getString("video")));
    if (source == SourceKind.UPLOAD && video.isEmpty()) {
      throw new IllegalStateException("an upload without its format");
    }
    return new SessionRow(
        id,
        source,
        // Earlier versions stored names that show more of their URL.
        url.isPresent() ? ShownUrl.inText(name) : name,
        Optional.ofNullable(row.getString("name")),
        url,
        row.getLong("file_size"),
        video,
        Instant.ofEpochMilli(row.getLong("created_at")),
        Status.ofWireName(row.getString("status")),
        Optional.ofNullable(row.getString("reason")),
        Optional.ofNullable(row.getString("settings")).map(text -> SettingsJson.read(json(text))),
        row.getLong("dropped"),
        row.getLong("unchanged"),
        new Spent(
            new Usage(row.getLong("input_tokens"), row.getLong("output_tokens")),
            Dollars.ofBillionths(row.getLong("cost")),
            row.getLong("unpriced")),
        row.getInt("crashes"),
        videoDeletedAt == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(videoDeletedAt)),
        Optional.ofNullable(row.getString("keep")).map(text -> KeepJson.read(json(text))),
        importedAt == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(importedAt)),
        false);
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the database holds JSON that cannot be read", e);
    }
  }
}
