package framewise.engine.session.store;

import framewise.engine.SessionId;
import framewise.engine.Status;
import framewise.engine.keep.KeepSettings;
import framewise.engine.money.SpendingTotal;
import framewise.engine.result.Tally;
import framewise.engine.session.video.SessionRefusals;
import framewise.engine.session.view.Counters;
import framewise.engine.session.view.SessionView;
import framewise.engine.settings.StreamSettings;
import framewise.engine.source.SourceKind;
import framewise.media.VideoInfo;
import framewise.media.network.VideoUrl;
import java.time.Instant;
import java.util.Optional;

/**
 * A session's row in the database.
 *
 * @param filename the uploader's filename, or the stream's name
 * @param name display name given later; empty for the filename
 * @param url where its video is on the network, including secrets; empty for other kinds
 * @param fileSize in bytes; 0 where there is no file
 * @param video empty until the first picture of a live video
 * @param crashes number of crashes in a row while this session was streaming
 * @param videoDeletedAt when its video was deleted to free space; empty while it is kept
 * @param keep how much of its live video is kept; empty for the default
 * @param importedAt when it was opened from a bundle; empty for others
 * @param damaged whether its record is unreadable, so that most fields are unknown
 */
public record SessionRow(
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
    SpendingTotal spent,
    int crashes,
    Optional<Instant> videoDeletedAt,
    Optional<KeepSettings> keep,
    Optional<Instant> importedAt,
    boolean damaged) {
  /** A new session that was never started. */
  public static SessionRow made(
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
        SpendingTotal.NOTHING,
        0,
        Optional.empty(),
        keep,
        Optional.empty(),
        false);
  }

  /** A session whose record is unreadable: it can be listed and deleted, and its results read. */
  public static SessionRow damaged(SessionId id, String filename, Instant createdAt) {
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
        SpendingTotal.NOTHING,
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        true);
  }

  /** View of a session that isn't in memory. */
  public SessionView view(Tally tally) {
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
        importedAt,
        status,
        reason,
        settings,
        new Counters(tally.counts().results(), tally.counts().failed(), dropped, unchanged, spent),
        0,
        tally.lastSeq(),
        tally.newest());
  }
}
