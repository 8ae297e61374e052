package framewise.engine.session.video;

import framewise.engine.files.StoredFile;
import framewise.engine.pipeline.Run;
import framewise.engine.session.video.Lifecycle.LifecycleEvent;
import framewise.engine.settings.StreamSettings;
import framewise.media.VideoInfo;
import java.util.Optional;

/** Video in a file in the data folder. */
public record UploadedFile(StoredFile stored, VideoInfo info) implements Video {
  @Override
  public Phase initialPhase() {
    return Phase.UPLOADED;
  }

  @Override
  public boolean repeatable() {
    return true;
  }

  @Override
  public Run.OpenedVideo open(VideoOpener opener, StreamSettings settings) {
    return opener.file(stored, info);
  }

  @Override
  public Optional<LifecycleEvent> start() {
    return Optional.of(LifecycleEvent.START_FILE);
  }

  @Override
  public Optional<LifecycleEvent> resume() {
    return Optional.of(LifecycleEvent.RESUME_FILE);
  }

  @Override
  public boolean hasPlaces() {
    return true;
  }

  @Override
  public Optional<StoredFile> file() {
    return Optional.of(stored);
  }
}
