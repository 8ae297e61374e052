package framewise.engine.session.video;

import framewise.engine.files.StoredFile;
import framewise.engine.pipeline.Run;
import framewise.engine.session.video.Lifecycle.Event;
import framewise.engine.settings.StreamSettings;
import framewise.media.VideoInfo;
import java.util.Optional;

/** Video in a file in the data folder. */
record UploadedFile(StoredFile stored, VideoInfo info) implements Video {
  @Override
  public Phase initialPhase() {
    return Phase.UPLOADED;
  }

  @Override
  public boolean repeatable() {
    return true;
  }

  @Override
  public Run.Pictures open(VideoOpener opener, StreamSettings settings) {
    return opener.file(stored, info);
  }

  @Override
  public Optional<Event> start() {
    return Optional.of(Event.START_FILE);
  }

  @Override
  public Optional<Event> resume() {
    return Optional.of(Event.RESUME_FILE);
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
