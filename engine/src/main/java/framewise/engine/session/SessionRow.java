package framewise.engine.session;

import framewise.engine.SessionId;
import framewise.engine.Status;
import framewise.engine.money.Spent;
import framewise.engine.pipeline.StreamSettings;
import framewise.engine.source.SourceKind;
import framewise.media.VideoInfo;
import framewise.media.network.VideoUrl;
import java.time.Instant;
import java.util.Optional;

/**
 * A session as the database keeps it.
 *
 * @param filename as the uploader called it, or what the stream is called
 * @param url where its video is in the network, with what is secret in it; empty for other kinds
 * @param fileSize bytes; 0 where there is no file
 * @param video empty until the first picture of a live video
 */
record SessionRow(
    SessionId id,
    SourceKind source,
    String filename,
    Optional<VideoUrl> url,
    long fileSize,
    Optional<VideoInfo> video,
    Instant createdAt,
    Status status,
    Optional<String> reason,
    Optional<StreamSettings> settings,
    long dropped,
    long unchanged,
    Spent spent) {
  /** A session of which nothing was asked yet. */
  static SessionRow made(
      SourceKind source,
      String filename,
      Optional<VideoUrl> url,
      long fileSize,
      Optional<VideoInfo> video,
      Instant now,
      Status status) {
    return new SessionRow(
        SessionId.random(),
        source,
        filename,
        url,
        fileSize,
        video,
        now,
        status,
        Optional.empty(),
        Optional.empty(),
        0,
        0,
        Spent.NOTHING);
  }
}
