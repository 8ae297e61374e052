package framewise.engine.session;

import framewise.engine.SessionId;
import framewise.engine.Status;
import framewise.engine.pipeline.StreamSettings;
import framewise.engine.result.NewestAnswer;
import framewise.engine.source.Reception;
import framewise.engine.source.SourceKind;
import framewise.media.VideoInfo;
import framewise.media.network.VideoUrl;
import java.time.Instant;
import java.util.Optional;

/**
 * A session as it is at one moment.
 *
 * @param source how its video reaches the service
 * @param filename as the uploader called it, or what the stream is called
 * @param givenName by somebody later; empty while it goes by its filename
 * @param url where its video is in the network; it prints without what is secret in it
 * @param reception how its live video stands while it is looked at; empty else
 * @param fileSize bytes; 0 where there is no file
 * @param video empty until the first picture of a live video
 * @param reason why it failed or ended; empty while it has not
 * @param settings how it is or was last looked at; empty before its first start
 * @param memoryBytes of the {@link framewise.media.NativeMemory} budget that its video has now; 0
 *     while it isn't running
 * @param lastSeq the number of its newest event
 * @param newest its last result; empty before the first
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
    Status status,
    Optional<String> reason,
    Optional<StreamSettings> settings,
    Counters counters,
    long memoryBytes,
    long lastSeq,
    Optional<NewestAnswer> newest) {
  /** What people call it. */
  public String name() {
    return givenName.orElse(filename);
  }
}
