package framewise.webrtc;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.media.video.VideoFrame;
import dev.onvoid.webrtc.media.video.VideoTrack;
import dev.onvoid.webrtc.media.video.VideoTrackSink;
import framewise.media.MediaTime;
import framewise.media.NewestSlot;
import framewise.media.network.AddressRule;
import framewise.media.picture.Frame;
import framewise.time.WallClock;
import framewise.webrtc.sdp.Candidate;
import framewise.webrtc.sdp.ChosenLayer;
import framewise.webrtc.sdp.MediaSection;
import framewise.webrtc.sdp.Offer;
import framewise.webrtc.sdp.SdpRefusedException;
import framewise.webrtc.sdp.SessionDescription;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The native library's receiver. Calls to the library take turns. */
final class NativeReceiver implements StepwiseReceiver {
  private static final Logger LOG = LoggerFactory.getLogger(NativeReceiver.class);

  /** Maximum number of candidates that a peer sends alone, in all. */
  private static final int MAX_CANDIDATES = 16;

  private final SenderSilence silence;
  private final States states;
  private final Connection connection;
  private final NewestSlot<VideoFrame> newest = new NewestSlot<>(VideoFrame::release);
  private final VideoTrackSink sink = this::onPicture;
  private final ReceiverMemory memory = new ReceiverMemory();
  private final AtomicLong tooLarge = new AtomicLong();
  private final ReentrantLock turn = new ReentrantLock();
  private final IdleChannels channels = new IdleChannels();

  private volatile @Nullable VideoTrack track;
  private volatile boolean stepwise;
  private boolean asked;
  private Offer.@Nullable Step step;
  private int candidates;
  private boolean closed;
  private long firstNanos = -1;
  private MediaTime lastTime = MediaTime.ZERO;

  NativeReceiver(
      PeerConnectionFactory factory,
      PeerOptions options,
      Patience patience,
      WallClock clock,
      PeerListener listener) {
    this.silence = new SenderSilence(clock, patience);
    this.states = new States(clock, listener);
    this.connection = new Connection(factory, options, states, this::onTrack, this::onChannel);
  }

  @Override
  public String answer(String offer, AddressRule candidates)
      throws SdpRefusedException, InterruptedException {
    SessionDescription checked = Offer.read(offer, candidates);
    turn.lockInterruptibly();
    try {
      if (closed || asked) {
        throw new IllegalStateException(
            closed ? "the receiver is closed" : "the receiver has answered an offer already");
      }
      asked = true;
      memory.reserve();
      connection.setRemote(RTCSdpType.OFFER, checked);
      RTCSessionDescription answer = connection.createAnswer();
      Offer.requireTaken(SessionDescription.parse(answer.sdp), checked);
      connection.setLocal(answer);
      silence.due();
      silence.answered();
      return ChosenLayer.ofLayers(connection.gathered(), checked).toString();
    } finally {
      turn.unlock();
    }
  }

  @Override
  public Negotiated negotiate(String offer, AddressRule rule)
      throws SdpRefusedException, InterruptedException {
    Offer.Step next = Offer.step(offer, rule);
    turn.lockInterruptibly();
    try {
      if (closed || (asked && !stepwise)) {
        throw new IllegalStateException(
            closed ? "the receiver is closed" : "the receiver has answered its only offer");
      }
      if (!asked) {
        memory.reserve();
        asked = true;
        stepwise = true;
      }
      apply(next);
      SessionDescription own = connection.gathered();
      SessionDescription sent =
          next.video().map(video -> ChosenLayer.answer(own, video)).orElse(own);
      return new Negotiated(sent.toString(), next.video(), next.others());
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void candidate(String section, String text, AddressRule rule) {
    Optional<Candidate> candidate = Candidate.trickled(text, rule);
    turn.lock();
    try {
      Offer.Step now = step;
      boolean wanted = !closed && now != null && now.sections().contains(section);
      if (wanted && candidate.isPresent() && candidates < MAX_CANDIDATES) {
        candidates++;
        connection.addCandidate(section, candidate.get());
      }
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void pause(boolean paused) {
    turn.lock();
    try {
      boolean sends = step != null && step.video().isPresent();
      if (paused || !sends) {
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
    Optional<VideoFrame> picture = newest.take(timeout);
    if (picture.isEmpty()) {
      return Optional.empty();
    }
    VideoFrame taken = picture.get();
    try {
      return Optional.of(NativePicture.toFrame(taken, time(taken)));
    } finally {
      taken.release();
    }
  }

  @Override
  public long dropped() {
    return newest.dropped() + tooLarge.get();
  }

  @Override
  public long memoryBytes() {
    return memory.bytes();
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
  public Optional<DisconnectReason> disconnectReason() {
    boolean closing = states.current() == ConnectionState.CLOSED;
    return memory.isExhausted() && !closing
        ? Optional.of(DisconnectReason.NO_MEMORY)
        : silence.reason(states);
  }

  @Override
  public ReceiverStats stats() throws InterruptedException {
    turn.lockInterruptibly();
    try {
      if (closed) {
        throw new IllegalStateException("the receiver is closed");
      }
      return ReceiverStats.of(connection.stats());
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void close() {
    turn.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      VideoTrack sending = track;
      if (sending != null) {
        sending.removeSink(sink);
      }
      channels.end();
      // The remote track belongs to the connection: disposing of it here would free it twice.
      connection.close();
      channels.free();
      newest.close();
      memory.close();
    } finally {
      turn.unlock();
    }
  }

  /** Sets the peer's description and our own. With the turn taken. */
  private void apply(Offer.Step next) throws SdpRefusedException, InterruptedException {
    Offer.Step before = step;
    if (before != null && !before.fragment().equals(next.fragment())) {
      connection.gatherAgain();
    }
    connection.setRemote(RTCSdpType.OFFER, next.description());
    RTCSessionDescription answer = connection.createAnswer();
    if (next.video().isPresent()) {
      Offer.requireTaken(SessionDescription.parse(answer.sdp), next.description());
    }
    connection.setLocal(answer);
    step = next;
    silence.answered();
    Optional<String> sent = next.video().flatMap(MediaSection::id);
    if (sent.isEmpty()) {
      silence.notDue();
    } else if (before == null || !sent.equals(before.video().flatMap(MediaSection::id))) {
      silence.due();
    }
  }

  /** Runs on libwebrtc's signalling thread. */
  private void onTrack(RTCRtpTransceiver transceiver) {
    VideoTrack before = track;
    if (transceiver.getReceiver().getTrack() instanceof VideoTrack next
        && (before == null || stepwise)) {
      if (before != null) {
        before.removeSink(sink);
      }
      track = next;
      next.addSink(sink);
    }
  }

  /** Runs on libwebrtc's signalling thread. */
  private void onChannel(RTCDataChannel channel) {
    if (stepwise) {
      channels.take(channel);
    } else {
      channel.close();
    }
  }

  /** Runs on libwebrtc's decoding thread. The picture is a private copy, to be released here. */
  private void onPicture(VideoFrame picture) {
    try {
      silence.picture();
      boolean fits = memory.fits(picture.buffer.getWidth(), picture.buffer.getHeight());
      if (!fits || picture.buffer.getWidth() > MAX_SIDE || picture.buffer.getHeight() > MAX_SIDE) {
        tooLarge.incrementAndGet();
        picture.release();
      } else {
        newest.replace(picture);
      }
    } catch (Throwable e) {
      LOG.error("A received picture could not be taken", e);
    }
  }

  private MediaTime time(VideoFrame picture) {
    if (firstNanos < 0) {
      firstNanos = picture.timestampNs;
    }
    MediaTime time = new MediaTime((picture.timestampNs - firstNanos) / 1_000);
    lastTime = time.isBefore(lastTime) ? lastTime : time;
    return lastTime;
  }
}
