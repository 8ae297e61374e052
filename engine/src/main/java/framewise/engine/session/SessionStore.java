package framewise.engine.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import framewise.engine.SessionId;
import framewise.engine.Status;
import framewise.engine.money.Dollars;
import framewise.engine.money.Spent;
import framewise.engine.pipeline.SettingsJson;
import framewise.engine.pipeline.StreamSettings;
import framewise.engine.source.SourceKind;
import framewise.engine.store.Database;
import framewise.media.VideoInfo;
import framewise.media.network.ShownUrl;
import framewise.media.network.VideoUrl;
import framewise.vision.Usage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The sessions in the database. */
final class SessionStore {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Database database;

  SessionStore(Database database) {
    this.database = database;
  }

  void insert(SessionRow session) {
    database.write(
        handle ->
            handle
                .createUpdate(
                    """
                    INSERT INTO session
                      (id, source, filename, url, file_size, video, created_at, status, dropped)
                    VALUES
                      (:id, :source, :filename, :url, :fileSize, :video, :createdAt, :status, :dropped)
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
                .execute());
  }

  Optional<SessionRow> find(SessionId id) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT * FROM session WHERE id = :id")
                .bind("id", id.toString())
                .map((row, context) -> read(row))
                .findOne());
  }

  List<SessionId> withStatus(Status status) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT id FROM session WHERE status = :status ORDER BY created_at")
                .bind("status", status.wireName())
                .mapTo(String.class)
                .map(id -> SessionId.parse(id).orElseThrow())
                .list());
  }

  /** The newest first. */
  List<SessionId> page(int offset, int limit) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "SELECT id FROM session ORDER BY created_at DESC, id LIMIT :limit OFFSET :offset")
                .bind("limit", limit)
                .bind("offset", offset)
                .mapTo(String.class)
                .map(id -> SessionId.parse(id).orElseThrow())
                .list());
  }

  long count() {
    return database.read(
        handle -> handle.createQuery("SELECT count(*) FROM session").mapTo(Long.class).one());
  }

  /** Takes the right to write and gives it back. */
  void touch() {
    database.write(handle -> handle.execute("UPDATE session SET status = status WHERE id IS NULL"));
  }

  void delete(SessionId id) {
    database.write(handle -> handle.execute("DELETE FROM session WHERE id = ?", id.toString()));
  }

  /** To be stored together with the event that tells of it. */
  static void updateStatus(Handle handle, SessionId id, Status status, Optional<String> reason) {
    handle
        .createUpdate("UPDATE session SET status = :status, reason = :reason WHERE id = :id")
        .bind("status", status.wireName())
        .bind("reason", reason)
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
              input_tokens = input_tokens + :input,
              output_tokens = output_tokens + :output,
              unpriced = unpriced + :unpriced,
              cost = cost + :cost
            WHERE id = :id
            """)
        .bind("input", spent.usage().inputTokens())
        .bind("output", spent.usage().outputTokens())
        .bind("unpriced", spent.unpriced())
        .bind("cost", Dollars.billionths(spent.dollars()))
        .bind("id", id.toString())
        .execute();
  }

  private static SessionRow read(ResultSet row) throws SQLException {
    Optional<VideoUrl> url = Optional.ofNullable(row.getString("url")).map(VideoUrl::parse);
    String name = row.getString("filename");
    return new SessionRow(
        SessionId.parse(row.getString("id")).orElseThrow(),
        SourceKind.ofWireName(row.getString("source")),
        // Names of earlier versions show more of their URL.
        url.isPresent() ? ShownUrl.inText(name) : name,
        url,
        row.getLong("file_size"),
        VideoJson.read(json(row.getString("video"))),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Status.ofWireName(row.getString("status")),
        Optional.ofNullable(row.getString("reason")),
        Optional.ofNullable(row.getString("settings")).map(text -> SettingsJson.read(json(text))),
        row.getLong("dropped"),
        row.getLong("unchanged"),
        new Spent(
            new Usage(row.getLong("input_tokens"), row.getLong("output_tokens")),
            Dollars.ofBillionths(row.getLong("cost")),
            row.getLong("unpriced")));
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the database holds JSON that cannot be read", e);
    }
  }
}
