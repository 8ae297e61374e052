package framewise.engine.session.video;

import framewise.engine.pipeline.Run;
import framewise.engine.session.video.Lifecycle.LifecycleEvent;
import framewise.engine.settings.StreamSettings;
import framewise.media.network.VideoUrl;
import java.util.Optional;

/** Video at a URL, connected at each start of the session. */
public record NetworkVideo(VideoUrl url) implements Video {
  @Override
  public Phase initialPhase() {
    return Phase.IDLE;
  }

  @Override
  public boolean repeatable() {
    return true;
  }

  @Override
  public Run.OpenedVideo open(VideoOpener opener, StreamSettings settings) {
    return opener.url(url, settings);
  }

  @Override
  public Optional<LifecycleEvent> start() {
    return Optional.of(LifecycleEvent.START_NETWORK);
  }

  @Override
  public Optional<LifecycleEvent> resume() {
    return Optional.of(LifecycleEvent.RESUME_NETWORK);
  }
}
