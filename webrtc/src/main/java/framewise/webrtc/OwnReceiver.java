package framewise.webrtc;

import framewise.media.MediaTime;
import framewise.media.NewestSlot;
import framewise.media.PictureInterval;
import framewise.media.decode.LiveDecoder;
import framewise.media.network.AddressRule;
import framewise.media.picture.Frame;
import framewise.time.WallClock;
import framewise.webrtc.dtls.DtlsIdentity;
import framewise.webrtc.payload.PictureSize;
import framewise.webrtc.receiver.PictureSink;
import framewise.webrtc.receiver.VideoConnection;
import framewise.webrtc.sdp.Candidate;
import framewise.webrtc.sdp.MediaSection;
import framewise.webrtc.sdp.Offer;
import framewise.webrtc.sdp.ReceiveAnswer;
import framewise.webrtc.sdp.SdpRefusedException;
import framewise.webrtc.sdp.SessionDescription;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Our receiver. It knows a picture's size before it is decoded. It sends nothing to a peer with a
 * single offer before a valid connectivity check came from it, unless ICE servers are configured or
 * the peer only answers checks.
 */
final class OwnReceiver implements StepwiseReceiver, PictureSink {
  /** Maximum number of candidates that a peer sends alone, in all. */
  private static final int MAX_CANDIDATES = 16;

  private final ReceiverLink link;
  private final SenderSilence silence;
  private final States states;
  private final ReceiverMemory memory = new ReceiverMemory();
  private final NewestSlot<ArrivedPicture> newest =
      new NewestSlot<>(arrived -> arrived.picture().close());
  private final ReentrantLock turn = new ReentrantLock();
  private boolean closed;
  private boolean asked;
  private boolean stepwise;
  private int candidates;

  /** The video that is received; empty while there is none. */
  private Optional<MediaSection> video = Optional.empty();

  private final PictureInterval interval = new PictureInterval();
  private final WallClock clock;
  private long takenNanos;
  private long firstNanos;
  private boolean begun;
  private MediaTime lastTime = MediaTime.ZERO;

  private record ArrivedPicture(LiveDecoder.DecodedPicture picture, int rotation, long nanos) {}

  /**
   * @param identity our certificate, made when it is first needed
   */
  OwnReceiver(
      PeerOptions options,
      SenderTimeouts patience,
      Supplier<DtlsIdentity> identity,
      WallClock clock,
      PeerListener listener) {
    this.clock = clock;
    this.link = new ReceiverLink(options, identity, clock, this);
    this.silence = new SenderSilence(clock, patience);
    this.states = new States(clock, listener);
  }

  @Override
  public String answer(String offer, AddressRule candidates)
      throws SdpRefusedException, InterruptedException {
    SessionDescription checked = Offer.read(offer, candidates);
    ReceiveAnswer answer = ReceiveAnswer.to(checked);
    turn.lockInterruptibly();
    try {
      requireOpen();
      if (asked) {
        throw new IllegalStateException("the receiver has answered an offer already");
      }
      asked = true;
      memory.reserve();
      String text = answered(answer, /* tries= */ false);
      silence.due();
      return text;
    } finally {
      turn.unlock();
    }
  }

  @Override
  public NegotiationResult negotiate(String offer, AddressRule rule)
      throws SdpRefusedException, InterruptedException {
    Offer.Step next = Offer.step(offer, rule);
    ReceiveAnswer answer = ReceiveAnswer.to(next);
    turn.lockInterruptibly();
    try {
      requireOpen();
      if (asked && !stepwise) {
        throw new IllegalStateException("the receiver has answered its only offer");
      }
      if (!asked) {
        memory.reserve();
        asked = true;
        stepwise = true;
      }
      String text = answered(answer, /* tries= */ true);
      Optional<String> before = video.flatMap(MediaSection::id);
      video = next.video();
      Optional<String> sent = video.flatMap(MediaSection::id);
      if (sent.isEmpty()) {
        silence.notDue();
      } else if (!sent.equals(before)) {
        silence.due();
      }
      return new NegotiationResult(text, next.video(), next.others());
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void candidate(String text, AddressRule rule) {
    Optional<InetSocketAddress> peer = Candidate.trickled(text, rule).flatMap(Candidate::socket);
    turn.lock();
    try {
      Optional<VideoConnection> open = closed ? Optional.empty() : link.connection();
      if (open.isPresent() && peer.isPresent() && candidates < MAX_CANDIDATES) {
        candidates++;
        open.get().candidate(peer.get());
      }
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void pause(boolean paused) {
    turn.lock();
    try {
      if (paused || video.isEmpty()) {
        silence.notDue();
      } else if (!silence.isDue()) {
        silence.due();
      }
    } finally {
      turn.unlock();
    }
  }

  @Override
  public Optional<Frame> next(Duration timeout) throws InterruptedException {
    Optional<ArrivedPicture> arrived = newest.take(timeout);
    if (arrived.isEmpty()) {
      return Optional.empty();
    }
    takenNanos = arrived.get().nanos();
    try (LiveDecoder.DecodedPicture picture = arrived.get().picture()) {
      return Optional.of(picture.frame(arrived.get().rotation(), time(arrived.get().nanos())));
    }
  }

  @Override
  public long dropped() {
    return newest.dropped() + link.refused();
  }

  @Override
  public long memoryBytes() {
    return memory.bytes() + link.connection().map(VideoConnection::decoderBytes).orElse(0L);
  }

  @Override
  public ConnectionState state() {
    return states.current();
  }

  @Override
  public Optional<Instant> lastPictureAt() {
    return silence.lastPictureAt();
  }

  @Override
  public Duration age() {
    return begun ? Duration.ofNanos(clock.nanos() - takenNanos) : Duration.ZERO;
  }

  @Override
  public Optional<Duration> interval() {
    return interval.usual();
  }

  @Override
  public Optional<DisconnectReason> disconnectReason() {
    boolean closing = states.current() == ConnectionState.CLOSED;
    return memory.isExhausted() && !closing
        ? Optional.of(DisconnectReason.NO_MEMORY)
        : silence.reason(states);
  }

  @Override
  public ReceiverStats stats() {
    if (states.current() == ConnectionState.CLOSED) {
      throw new IllegalStateException("the receiver is closed");
    }
    return link.connection().map(ReceiverStats::of).orElse(ReceiverStats.NONE);
  }

  @Override
  public void close() {
    turn.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      states.set(ConnectionState.CLOSED);
      link.close();
      newest.close();
      memory.close();
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void connected() {
    states.set(ConnectionState.CONNECTED);
  }

  @Override
  public void disconnected() {
    states.set(ConnectionState.DISCONNECTED);
  }

  @Override
  public void left() {
    silence.left();
    states.set(ConnectionState.FAILED);
  }

  @Override
  public void failed() {
    states.set(ConnectionState.FAILED);
  }

  @Override
  public boolean admits(PictureSize size) {
    boolean fits = size.fits(MAX_SIDE);
    if (!fits) {
      // The sender is alive, but its pictures can't be used.
      silence.picture();
    }
    return fits;
  }

  @Override
  public void picture(LiveDecoder.DecodedPicture picture, int rotation, long nanos) {
    silence.picture();
    interval.arrived(nanos);
    boolean _ = newest.replace(new ArrivedPicture(picture, rotation, nanos));
  }

  @Override
  public void outOfMemory() {
    memory.exhaust();
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the receiver is closed");
    }
  }

  /** Prints and applies the answer; the caller holds the turn. */
  private String answered(ReceiveAnswer answer, boolean tries) throws SdpRefusedException {
    try {
      String text = link.answer(answer, tries, () -> states.set(ConnectionState.CONNECTING));
      silence.answered();
      return text;
    } catch (IOException e) {
      throw new PeerFault("The sockets for media could not be opened", e);
    }
  }

  private MediaTime time(long nanos) {
    if (!begun) {
      begun = true;
      firstNanos = nanos;
    }
    MediaTime time = new MediaTime(Math.max(0, nanos - firstNanos) / 1_000);
    lastTime = time.isBefore(lastTime) ? lastTime : time;
    return lastTime;
  }
}
