package framewise.engine.session;

import framewise.engine.pipeline.Run;
import framewise.engine.pipeline.StreamSettings;
import framewise.engine.session.Lifecycle.Event;
import java.nio.file.Path;
import java.util.Optional;

/** A session's video: how it is opened, and whether that can be done more than once. */
sealed interface Video permits UploadedFile, NetworkVideo, PublishedVideo {
  /**
   * The video of a session that was stored.
   *
   * @param file where its file is, if it has one
   */
  static Video of(SessionRow row, Path file) {
    return switch (row.source()) {
      case UPLOAD -> new UploadedFile(file, row.video().orElseThrow());
      case URL -> new NetworkVideo(row.url().orElseThrow());
      case WEBRTC, WHIP, WEBCAM, SCREEN -> new PublishedVideo(row.source());
    };
  }

  /** The phase of a session that nobody has started. */
  Phase initialPhase();

  /** Whether a person can start it, again and again. */
  boolean repeatable();

  /**
   * Opens the video for a run.
   *
   * @throws framewise.engine.RefusedException when it cannot be opened, or not like this
   */
  Run.Pictures open(VideoOpener opener, StreamSettings settings);

  /** What happens to the session when a person starts it; empty when only a sender can. */
  Optional<Event> start();

  /** What happens to the session after a restart of the process; empty when the video is gone. */
  Optional<Event> resume();

  /** Whether answers of one run say where in the video the next one begins. */
  default boolean hasPlaces() {
    return false;
  }

  /** Whether a sender that was gone may publish again. */
  default boolean publishable() {
    return false;
  }

  /** Its file, if it has one. */
  default Optional<Path> file() {
    return Optional.empty();
  }
}
