package framewise.engine.session.video;

import framewise.engine.files.StoredFile;
import framewise.engine.pipeline.Run;
import framewise.engine.session.video.Lifecycle.LifecycleEvent;
import framewise.engine.settings.StreamSettings;
import framewise.engine.source.SourceKind;
import framewise.media.VideoInfo;
import framewise.media.network.VideoUrl;
import java.util.Optional;

/** A session's video: how it is opened, and whether it can be opened again. */
public sealed interface Video permits UploadedFile, NetworkVideo, PublishedVideo {
  /**
   * The video of a stored session.
   *
   * @param file its file, for kinds that have one
   * @param info properties of the file, for kinds that have one
   * @param url address of the video, for kinds that have one
   */
  static Video of(
      SourceKind kind, StoredFile file, Optional<VideoInfo> info, Optional<VideoUrl> url) {
    return switch (kind) {
      case UPLOAD -> new UploadedFile(file, info.orElseThrow());
      case URL -> new NetworkVideo(url.orElseThrow());
      case WEBRTC, WHIP, WEBCAM, SCREEN, LIVEKIT -> new PublishedVideo(kind);
    };
  }

  /** The phase of a session that was never started. */
  Phase initialPhase();

  /** Whether a person can start it any number of times. */
  boolean repeatable();

  /**
   * Opens the video for a run.
   *
   * @throws framewise.engine.RefusedException when it cannot be opened, or not with these settings
   */
  Run.OpenedVideo open(VideoOpener opener, StreamSettings settings);

  /** Event when a person starts the session; empty when only a sender can. */
  Optional<LifecycleEvent> start();

  /** Event after a restart of the process; empty when the video is gone. */
  Optional<LifecycleEvent> resume();

  /** Whether a later run can resume at the position of the last answer. */
  default boolean hasPlaces() {
    return false;
  }

  /** Whether a sender that disconnected may publish again. */
  default boolean publishable() {
    return false;
  }

  /** Its file, if it has one. */
  default Optional<StoredFile> file() {
    return Optional.empty();
  }
}
