package framewise.webrtc;

import dev.onvoid.webrtc.PeerConnectionFactory;
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
import framewise.webrtc.sdp.MediaSection;
import framewise.webrtc.sdp.Offer;
import framewise.webrtc.sdp.SdpRefusedException;
import framewise.webrtc.sdp.SdpRefusedException.Reason;
import framewise.webrtc.sdp.SessionDescription;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives pictures from one remote peer: {@link #answer} its offer, call {@link #next} repeatedly,
 * {@link #close}. A slow caller gets the newest picture, and the others count as dropped: nothing
 * queues up. Thread-safe; calls to the native library take turns.
 */
public final class Receiver implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);

  /** Maximum side in pixels: two and a half times 1080p. */
  private static final int MAX_SIDE = 4096;

  private final Clock clock;
  private final Patience patience;
  private final States states;
  private final Connection connection;
  private final NewestSlot<VideoFrame> newest = new NewestSlot<>(VideoFrame::release);
  private final VideoTrackSink sink = this::onPicture;
  private final ReceiverMemory memory = new ReceiverMemory();
  private final AtomicLong tooLarge = new AtomicLong();
  private final ReentrantLock turn = new ReentrantLock();

  private volatile @Nullable VideoTrack track;
  private volatile @Nullable Instant answeredAt;
  private volatile @Nullable Instant lastPictureAt;
  private boolean asked;
  private boolean closed;
  private long firstNanos = -1;
  private MediaTime lastTime = MediaTime.ZERO;

  Receiver(
      PeerConnectionFactory factory,
      PeerOptions options,
      Patience patience,
      Clock clock,
      PeerListener listener) {
    this.clock = clock;
    this.patience = patience;
    this.states = new States(clock, listener);
    this.connection = new Connection(factory, options, states, this::onTrack);
  }

  /**
   * Answers an offer like {@link #answer(String, AddressRule)}, but tries none of its addresses:
   * the sender has to reach ours.
   */
  public String answer(String offer) throws SdpRefusedException, InterruptedException {
    return answer(offer, address -> Optional.of("not to be tried"));
  }

  /**
   * Answers an offer: accepts its first video only, and lists all local addresses. Called once;
   * after a refusal, only close is left to do.
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
      requireVideo(SessionDescription.parse(answer.sdp), checked);
      connection.setLocal(answer);
      answeredAt = clock.instant();
      return connection.gathered();
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
    return Optional.ofNullable(lastPictureAt);
  }

  /** Why the remote peer counts as disconnected; empty while it does not, and after close. */
  public Optional<DisconnectReason> disconnectReason() {
    ConnectionState now = states.current();
    Instant answered = answeredAt;
    if (now == ConnectionState.CLOSED || answered == null) {
      return Optional.empty();
    }
    Optional<Instant> connectedAt = states.connectedAt();
    if (memory.isExhausted()) {
      return Optional.of(DisconnectReason.NO_MEMORY);
    }
    if (now == ConnectionState.FAILED) {
      return Optional.of(
          connectedAt.isEmpty() ? DisconnectReason.NEVER_CONNECTED : DisconnectReason.FAILED);
    }
    if (connectedAt.isEmpty()) {
      return passed(answered, patience.connect())
          ? Optional.of(DisconnectReason.NEVER_CONNECTED)
          : Optional.empty();
    }
    Instant picture = lastPictureAt;
    boolean silent =
        picture == null
            ? passed(connectedAt.get(), patience.firstPicture())
            : passed(picture, patience.silence());
    return silent ? Optional.of(DisconnectReason.SILENT) : Optional.empty();
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
      // The remote track belongs to the connection: disposing of it here would free it twice.
      connection.close();
      newest.close();
      memory.close();
    } finally {
      turn.unlock();
    }
  }

  /** Runs on libwebrtc's signalling thread. */
  private void onTrack(RTCRtpTransceiver transceiver) {
    if (track == null && transceiver.getReceiver().getTrack() instanceof VideoTrack video) {
      track = video;
      video.addSink(sink);
    }
  }

  /** Runs on libwebrtc's decoding thread. The picture is a private copy, to be released here. */
  private void onPicture(VideoFrame picture) {
    try {
      lastPictureAt = clock.instant();
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

  private boolean passed(Instant since, Duration most) {
    return clock.instant().isAfter(since.plus(most));
  }

  private static void requireVideo(SessionDescription answer, SessionDescription offer)
      throws SdpRefusedException {
    if (answer.video().filter(video -> video.direction().equals("recvonly")).isPresent()) {
      return;
    }
    String offered =
        offer.media().stream()
            .filter(MediaSection::isVideo)
            .flatMap(
                video -> video.formats().stream().flatMap(format -> video.codec(format).stream()))
            .distinct()
            .collect(Collectors.joining(", "));
    throw new SdpRefusedException(
        Reason.NO_CODEC,
        "The offer's video comes in no codec that is understood here: it offers %s. Offer VP8 or H264."
            .formatted(offered.isEmpty() ? "none" : offered));
  }
}
