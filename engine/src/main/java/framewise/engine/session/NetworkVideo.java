package framewise.engine.session;

import framewise.engine.SessionId;
import framewise.engine.pipeline.Place;
import framewise.engine.pipeline.Run;
import framewise.engine.pipeline.RunListener;
import framewise.engine.session.Lifecycle.Event;
import framewise.media.network.VideoUrl;
import java.util.Optional;

/** Video at a URL, which is connected to as often as somebody starts it. */
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
  public Run open(Runs runs, SessionId id, Plan plan, Place place, RunListener listener) {
    return runs.ofUrl(id, url, plan, listener);
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
