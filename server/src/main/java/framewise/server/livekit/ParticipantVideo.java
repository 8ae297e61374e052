package framewise.server.livekit;

import framewise.engine.Status;
import framewise.engine.source.Ending;
import framewise.engine.source.LiveSource;
import framewise.engine.source.PeerSource;
import framewise.engine.source.Reception;
import framewise.media.VideoInfo;
import framewise.media.picture.Frame;
import framewise.webrtc.Receiver;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A participant's video as a source of a session. The participant owns the connection, and is
 * notified when the session closes the video.
 */
final class ParticipantVideo implements LiveSource {
  private static final String MUTED = "The publisher has muted its video.";

  private final PeerSource video;
  private final Consumer<ParticipantVideo> unwanted;
  private final AtomicReference<@Nullable Ending> lost = new AtomicReference<>();
  private volatile boolean muted;

  /**
   * @param unwanted called when the session closes this, possibly more than once
   */
  ParticipantVideo(Receiver receiver, Consumer<ParticipantVideo> unwanted) {
    this.video = new PeerSource(receiver);
    this.unwanted = unwanted;
  }

  /**
   * Ends the video, because the participant has left.
   *
   * @param why a sentence for people
   */
  void participantLeft(String why) {
    lost.compareAndSet(null, new Ending(Status.FINISHED, why));
  }

  void mute(boolean now) {
    muted = now;
  }

  @Override
  public Optional<Frame> next(Duration timeout) throws InterruptedException {
    return video.next(timeout);
  }

  @Override
  public Optional<Duration> age() {
    return video.age();
  }

  @Override
  public Optional<Duration> interval() {
    return video.interval();
  }

  @Override
  public VideoInfo info(Frame picture) {
    return video.info(picture);
  }

  @Override
  public Optional<Ending> ending() {
    return Optional.ofNullable(lost.get()).or(video::ending);
  }

  @Override
  public Reception reception() {
    Reception now = video.reception();
    return new Reception(
        now.connected() && lost.get() == null,
        ending()
            .map(Ending::reason)
            .or(now::trouble)
            .or(() -> muted ? Optional.of(MUTED) : Optional.empty()),
        now.lastPictureAt());
  }

  @Override
  public long memoryBytes() {
    return video.memoryBytes();
  }

  @Override
  public long dropped() {
    return video.dropped();
  }

  @Override
  public void close() {
    unwanted.accept(this);
    video.close();
  }
}
