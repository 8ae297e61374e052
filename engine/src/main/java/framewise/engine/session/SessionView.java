package framewise.engine.session;

import framewise.engine.SessionId;
import framewise.engine.Status;
import framewise.engine.pipeline.StreamSettings;
import framewise.media.VideoInfo;
import java.time.Instant;
import java.util.Optional;

/**
 * A session as it is at one moment.
 *
 * @param filename as the uploader called it
 * @param fileSize bytes
 * @param reason why it failed or ended; empty while it has not
 * @param settings how it is or was last looked at; empty before its first start
 * @param lastSeq the number of its newest event
 */
public record SessionView(
    SessionId id,
    String filename,
    long fileSize,
    VideoInfo video,
    Instant createdAt,
    Status status,
    Optional<String> reason,
    Optional<StreamSettings> settings,
    Counters counters,
    long lastSeq) {}
