package framewise.engine.session;

import framewise.engine.SessionId;
import framewise.engine.Status;
import framewise.engine.pipeline.StreamSettings;
import framewise.media.VideoInfo;
import java.time.Instant;
import java.util.Optional;

/** A session as the database keeps it. */
record SessionRow(
    SessionId id,
    String filename,
    long fileSize,
    VideoInfo video,
    Instant createdAt,
    Status status,
    Optional<String> reason,
    Optional<StreamSettings> settings,
    long dropped) {}
