package framewise.engine.session.video;

import framewise.engine.pipeline.Run;
import framewise.engine.session.video.Lifecycle.LifecycleEvent;
import framewise.engine.settings.StreamSettings;
import framewise.engine.source.SourceKind;
import java.util.Optional;

/** Live video that a sender publishes. Only the sender can start it. */
public record PublishedVideo(SourceKind kind) implements Video {
  @Override
  public Phase initialPhase() {
    return Phase.IDLE;
  }

  @Override
  public boolean repeatable() {
    return false;
  }

  @Override
  public Run.OpenedVideo open(VideoOpener opener, StreamSettings settings) {
    throw SessionRefusals.liveIsOver();
  }

  @Override
  public Optional<LifecycleEvent> start() {
    return Optional.empty();
  }

  /** After a restart, its sender may reconnect, perhaps to another node. */
  @Override
  public Optional<LifecycleEvent> resume() {
    return publishable() ? Optional.of(LifecycleEvent.RESUME_PUBLISHED) : Optional.empty();
  }

  @Override
  public boolean publishable() {
    return kind.isPublished();
  }
}
