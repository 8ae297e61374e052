package framewise.engine.session.view;

import framewise.engine.SessionId;
import framewise.engine.Status;
import framewise.engine.result.NewestAnswer;
import framewise.engine.settings.StreamSettings;
import framewise.engine.source.Reception;
import framewise.engine.source.SourceKind;
import framewise.media.VideoInfo;
import framewise.media.network.VideoUrl;
import java.time.Instant;
import java.util.Optional;

/**
 * A session at one moment.
 *
 * @param source how its video reaches the service
 * @param filename the uploader's filename, or the stream's name
 * @param givenName display name given later; empty for the filename
 * @param url where its video is on the network; printed without secrets
 * @param reception connection state of its live video while it runs; empty otherwise
 * @param fileSize in bytes; 0 where there is no file
 * @param video empty until the first picture of a live video
 * @param importedAt when it was opened from a bundle; empty for others
 * @param reason why it failed or ended; empty while it has not
 * @param settings of the present or last run; empty before the first start
 * @param memoryBytes share of the {@link framewise.media.memory.NativeMemory} budget that its video
 *     uses now; 0 while it isn't running
 * @param lastSeq the number of its newest event
 * @param newest the last result; empty before the first
 */
public record SessionView(
    SessionId id,
    SourceKind source,
    String filename,
    Optional<String> givenName,
    Optional<VideoUrl> url,
    Optional<Reception> reception,
    long fileSize,
    Optional<VideoInfo> video,
    Instant createdAt,
    Optional<Instant> importedAt,
    Status status,
    Optional<String> reason,
    Optional<StreamSettings> settings,
    Counters counters,
    long memoryBytes,
    long lastSeq,
    Optional<NewestAnswer> newest) {
  /** The display name. */
  public String name() {
    return givenName.orElse(filename);
  }
}
