package framewise.engine.source;

import framewise.engine.Status;
import framewise.media.VideoInfo;
import framewise.media.picture.Frame;
import framewise.webrtc.ConnectionState;
import framewise.webrtc.DisconnectReason;
import framewise.webrtc.Receiver;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Video from a sender over a peer connection. Owns the connection. */
public final class PeerSource implements LiveSource {
  private final Receiver receiver;

  /**
   * @param receiver has answered the sender's offer; closed with this
   */
  public PeerSource(Receiver receiver) {
    this.receiver = receiver;
  }

  @Override
  public Optional<Frame> next(Duration timeout) throws InterruptedException {
    return receiver.next(timeout);
  }

  @Override
  public Optional<Duration> age() {
    return Optional.of(receiver.age());
  }

  @Override
  public Optional<Duration> interval() {
    return receiver.interval();
  }

  /** The rate is reported as 0, because the sender may change it at any time. */
  @Override
  public VideoInfo info(Frame picture) {
    return new VideoInfo(
        SourceKind.WEBRTC.wireName(),
        codec(),
        picture.width(),
        picture.height(),
        0,
        Optional.empty());
  }

  @Override
  public Optional<Ending> ending() {
    return receiver.disconnectReason().map(PeerSource::ending);
  }

  @Override
  public Reception reception() {
    boolean connected = receiver.state() == ConnectionState.CONNECTED && ending().isEmpty();
    Optional<String> trouble =
        receiver.state() == ConnectionState.DISCONNECTED
            ? Optional.of("The video's sender does not respond.")
            : Optional.empty();
    return new Reception(
        connected, ending().map(Ending::reason).or(() -> trouble), receiver.lastPictureAt());
  }

  @Override
  public long memoryBytes() {
    return receiver.memoryBytes();
  }

  @Override
  public long dropped() {
    return receiver.dropped();
  }

  @Override
  public void close() {
    receiver.close();
  }

  private static Ending ending(DisconnectReason reason) {
    Status status =
        reason == DisconnectReason.NEVER_CONNECTED || reason == DisconnectReason.NO_MEMORY
            ? Status.FAILED
            : Status.FINISHED;
    return new Ending(status, reason.detail());
  }

  /** Codec name, such as {@code vp8}; empty when unknown. */
  private String codec() {
    try {
      String mime = receiver.stats().codec().orElse("");
      return mime.substring(mime.indexOf('/') + 1).toLowerCase(Locale.ROOT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    } catch (IllegalStateException closed) {
      return "";
    }
  }
}
