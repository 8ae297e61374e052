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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives pictures from one remote peer: {@link #answer} its offer, call {@link #next} repeatedly,
 * {@link #close}. A peer that negotiates in steps has each of its offers answered with {@link
 * #negotiate} instead. A slow caller gets the newest picture, and the others count as dropped:
 * nothing queues up. Thread-safe; calls to the native library take turns.
 */
public final class Receiver implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);

  /** Maximum side in pixels: two and a half times 1080p. */
  private static final int MAX_SIDE = 4096;

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

  /**
   * Our part of one step of a negotiation.
   *
   * @param answer for the remote peer
   * @param video the section of the video that is received from now on; empty while none is
   * @param others sections of further video that the peer wants to send, which is not received
   */
  public record Negotiated(String answer, Optional<MediaSection> video, List<MediaSection> others) {
    public Negotiated {
      others = List.copyOf(others);
    }
  }

  Receiver(
      PeerConnectionFactory factory,
      PeerOptions options,
      Patience patience,
      WallClock clock,
      PeerListener listener) {
    this.silence = new SenderSilence(clock, patience);
    this.states = new States(clock, listener);
    this.connection = new Connection(factory, options, states, this::onTrack, this::onChannel);
  }

  /**
   * Answers an offer like {@link #answer(String, AddressRule)}, but tries none of its addresses:
   * the sender has to reach ours.
   */
  public String answer(String offer) throws SdpRefusedException, InterruptedException {
    return answer(offer, address -> Optional.of("not to be tried"));
  }

  /**
   * Answers an offer: accepts its first video only, of a simulcast only the largest layer, and
   * lists all local addresses. Called once; after a refusal, only close is left to do.
   *
   * @param candidates which addresses of the offer may be tried; each offer causes some 20 packets
   *     per second to them until the connection is up or fails
   * @throws SdpRefusedException when the offer is unusable; the message is for its sender
   * @throws framewise.media.memory.MemoryExhaustedException when the memory budget has no room for
   *     another connection
   * @throws PeerFault when no address was found, or the native library failed
   */
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

  /**
   * Answers one of several offers of a peer that negotiates in steps: the first may have no video,
   * and later ones may add, replace or end it, or restart ICE. Of a simulcast only the largest
   * layer is accepted. After a refusal, only close is left to do.
   *
   * @param rule which addresses of the offer may be tried, as in {@link #answer}
   * @throws SdpRefusedException when the offer is unusable; the message is for its sender
   * @throws framewise.media.memory.MemoryExhaustedException when the memory budget has no room for
   *     another connection
   * @throws PeerFault when no address was found, or the native library failed
   */
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

  /**
   * Tries an address that a peer which negotiates in steps has found later (trickle ICE). One that
   * is malformed, may not be tried, or is one too many is ignored: the peer can reach our
   * addresses.
   *
   * @param section the id of its media section
   * @param text the candidate, with or without {@code a=}
   * @param rule which addresses may be tried
   */
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

  /**
   * Whether the peer, which negotiates in steps, sends no pictures for now. It does not count as
   * silent meanwhile.
   */
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

  /**
   * Takes the newest picture, upright, in I420, its time measured from the first picture on this
   * machine's clock. Empty on a time-out, or at once after close. The caller closes the frame. For
   * one thread at a time.
   */
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

  /**
   * Pictures received but never taken, because a newer one replaced them or they were too large.
   */
  public long dropped() {
    return newest.dropped() + tooLarge.get();
  }

  /** Bytes of the memory budget that the receiver holds. */
  public long memoryBytes() {
    return memory.bytes();
  }

  public ConnectionState state() {
    return states.current();
  }

  /** When the newest picture arrived, taken or not; empty before the first. */
  public Optional<Instant> lastPictureAt() {
    return silence.lastPictureAt();
  }

  /** Why the remote peer counts as disconnected; empty while it does not, and after close. */
  public Optional<DisconnectReason> disconnectReason() {
    boolean closing = states.current() == ConnectionState.CLOSED;
    return memory.isExhausted() && !closing
        ? Optional.of(DisconnectReason.NO_MEMORY)
        : silence.reason(states);
  }

  /** Statistics so far. */
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

  /** Ends the connection and frees everything. Closing twice is harmless. */
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
