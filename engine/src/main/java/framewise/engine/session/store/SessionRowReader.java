package framewise.engine.session.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import framewise.engine.SessionId;
import framewise.engine.Status;
import framewise.engine.keep.KeepJson;
import framewise.engine.money.Dollars;
import framewise.engine.money.SpendingTotal;
import framewise.engine.session.view.VideoJson;
import framewise.engine.settings.SettingsJson;
import framewise.engine.source.SourceKind;
import framewise.media.VideoInfo;
import framewise.media.network.MaskedUrl;
import framewise.media.network.VideoUrl;
import framewise.vision.Usage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads rows of sessions, damaged ones included. Any thread may call it. */
final class SessionRowReader {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Logger LOG = LoggerFactory.getLogger(SessionRowReader.class);

  private SessionRowReader() {}

  /** The session of a row; empty if even the id is unreadable. Other rows are not affected. */
  static Optional<SessionRow> read(ResultSet row) throws SQLException {
    Optional<SessionId> id = SessionId.parse(String.valueOf(row.getString("id")));
    if (id.isEmpty()) {
      LOG.warn("skipping a session in the database with an unreadable id");
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
        // Earlier versions stored names that reveal more of the URL.
        url.isPresent() ? MaskedUrl.inText(name) : name,
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
        new SpendingTotal(
            new Usage(row.getLong("input_tokens"), row.getLong("output_tokens")),
            Dollars.ofBillionths(row.getLong("cost")),
            row.getLong("unpriced")),
        row.getInt("crashes"),
        videoDeletedAt == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(videoDeletedAt)),
        Optional.ofNullable(row.getString("keep")).map(text -> KeepJson.read(json(text))),
        importedAt == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(importedAt)),
        false);
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the database holds JSON that cannot be read", e);
    }
  }
}
