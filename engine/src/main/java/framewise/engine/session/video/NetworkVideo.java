package framewise.engine.session.video;

import framewise.engine.pipeline.Run;
import framewise.engine.session.video.Lifecycle.Event;
import framewise.engine.settings.StreamSettings;
import framewise.media.network.VideoUrl;
import java.util.Optional;

/** Video at a URL, connected at each start of the session. */
record NetworkVideo(VideoUrl url) implements Video {
  @Override
  public Phase initialPhase() {
    return Phase.IDLE;
  }

  @Override
  public boolean repeatable() {
    return true;
  }

  @Override
  public Run.Pictures open(VideoOpener opener, StreamSettings settings) {
    return opener.url(url, settings);
  }

  @Override
  public Optional<Event> start() {
    return Optional.of(Event.START_NETWORK);
  }

  @Override
  public Optional<Event> resume() {
    return Optional.of(Event.RESUME_NETWORK);
  }
}
