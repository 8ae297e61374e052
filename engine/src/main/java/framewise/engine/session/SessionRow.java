package framewise.engine.session;

import framewise.engine.SessionId;
import framewise.engine.Status;
import framewise.engine.keep.KeepSettings;
import framewise.engine.money.Spent;
import framewise.engine.pipeline.StreamSettings;
import framewise.engine.result.Tally;
import framewise.engine.source.SourceKind;
import framewise.media.VideoInfo;
import framewise.media.network.VideoUrl;
import java.time.Instant;
import java.util.Optional;

/**
 * A session as the database keeps it.
 *
 * @param filename as the uploader called it, or what the stream is called
 * @param name given to it later; empty while it goes by its filename
 * @param url where its video is in the network, with what is secret in it; empty for other kinds
 * @param fileSize bytes; 0 where there is no file
 * @param video empty until the first picture of a live video
 * @param crashes how often in a row the process died while this session was streaming
 * @param videoDeletedAt when its video was deleted to free space; empty while it is kept
 * @param keep how much of its live video is kept; empty for the usual
 * @param damaged whether its record can't be read, so that little of this is known
 */
record SessionRow(
    SessionId id,
    SourceKind source,
    String filename,
    Optional<String> name,
    Optional<VideoUrl> url,
    long fileSize,
    Optional<VideoInfo> video,
    Instant createdAt,
    Status status,
    Optional<String> reason,
    Optional<StreamSettings> settings,
    long dropped,
    long unchanged,
    Spent spent,
    int crashes,
    Optional<Instant> videoDeletedAt,
    Optional<KeepSettings> keep,
    boolean damaged) {
  /** A session of which nothing was asked yet. */
  static SessionRow made(
      SourceKind source,
      String filename,
      Optional<VideoUrl> url,
      long fileSize,
      Optional<VideoInfo> video,
      Instant now,
      Status status,
      Optional<KeepSettings> keep) {
    return new SessionRow(
        SessionId.random(),
        source,
        filename,
        Optional.empty(),
        url,
        fileSize,
        video,
        now,
        status,
        Optional.empty(),
        Optional.empty(),
        0,
        0,
        Spent.NOTHING,
        0,
        Optional.empty(),
        keep,
        false);
  }

  /** A session whose record can't be read: it can be listed and deleted, and its results read. */
  static SessionRow damaged(SessionId id, String filename, Instant createdAt) {
    return new SessionRow(
        id,
        SourceKind.UPLOAD,
        filename,
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.empty(),
        createdAt,
        Status.FAILED,
        Optional.of(SessionRefusals.damaged().refusal().detail()),
        Optional.empty(),
        0,
        0,
        Spent.NOTHING,
        0,
        Optional.empty(),
        Optional.empty(),
        true);
  }

  /** As it is shown while it isn't in memory. */
  SessionView view(Tally tally) {
    return new SessionView(
        id,
        source,
        filename,
        name,
        url,
        Optional.empty(),
        fileSize,
        video,
        createdAt,
        status,
        reason,
        settings,
        new Counters(tally.counts().results(), tally.counts().failed(), dropped, unchanged, spent),
        0,
        tally.lastSeq(),
        tally.newest());
  }
}
