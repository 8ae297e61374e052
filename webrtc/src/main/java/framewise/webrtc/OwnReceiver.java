package framewise.webrtc;

import framewise.media.MediaTime;
import framewise.media.NewestSlot;
import framewise.media.decode.LiveDecoder;
import framewise.media.network.AddressRule;
import framewise.media.picture.Frame;
import framewise.time.WallClock;
import framewise.webrtc.dtls.DtlsIdentity;
import framewise.webrtc.ice.IceCredentials;
import framewise.webrtc.ice.MediaSockets;
import framewise.webrtc.payload.PictureSize;
import framewise.webrtc.receiver.PictureSink;
import framewise.webrtc.receiver.VideoConnection;
import framewise.webrtc.sdp.Offer;
import framewise.webrtc.sdp.ReceiveAnswer;
import framewise.webrtc.sdp.SdpRefusedException;
import framewise.webrtc.sdp.SessionDescription;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Our own receiver, in Java. It answers connectivity checks and sends nothing to an address before
 * a valid one came from it; it knows a picture's size before it is decoded.
 */
final class OwnReceiver implements Receiver, PictureSink {
  private final PeerOptions options;
  private final Supplier<DtlsIdentity> identity;
  private final WallClock clock;
  private final SenderSilence silence;
  private final States states;
  private final ReceiverMemory memory = new ReceiverMemory();
  private final NewestSlot<Arrived> newest = new NewestSlot<>(arrived -> arrived.picture().close());
  private final ReentrantLock turn = new ReentrantLock();
  private volatile @Nullable VideoConnection connection;
  private boolean closed;
  private boolean asked;
  private long firstNanos;
  private boolean begun;
  private MediaTime lastTime = MediaTime.ZERO;

  private record Arrived(LiveDecoder.Picture picture, int rotation, long nanos) {}

  /**
   * @param identity our certificate, made when it is first needed
   */
  OwnReceiver(
      PeerOptions options,
      Patience patience,
      Supplier<DtlsIdentity> identity,
      WallClock clock,
      PeerListener listener) {
    this.options = options;
    this.identity = identity;
    this.clock = clock;
    this.silence = new SenderSilence(clock, patience);
    this.states = new States(clock, listener);
  }

  @Override
  public String answer(String offer, AddressRule candidates)
      throws SdpRefusedException, InterruptedException {
    // No address of the offer is ever tried.
    SessionDescription checked = Offer.read(offer, candidates);
    ReceiveAnswer answer = ReceiveAnswer.to(checked);
    turn.lockInterruptibly();
    try {
      if (closed || asked) {
        throw new IllegalStateException(
            closed ? "the receiver is closed" : "the receiver has answered an offer already");
      }
      asked = true;
      memory.reserve();
      return begin(answer);
    } catch (IOException e) {
      throw new PeerFault("The sockets for media could not be opened", e);
    } finally {
      turn.unlock();
    }
  }

  @Override
  public Optional<Frame> next(Duration timeout) throws InterruptedException {
    Optional<Arrived> arrived = newest.take(timeout);
    if (arrived.isEmpty()) {
      return Optional.empty();
    }
    try (LiveDecoder.Picture picture = arrived.get().picture()) {
      return Optional.of(picture.frame(arrived.get().rotation(), time(arrived.get().nanos())));
    }
  }

  @Override
  public long dropped() {
    VideoConnection made = connection;
    return newest.dropped() + (made == null ? 0 : made.refused());
  }

  @Override
  public long memoryBytes() {
    VideoConnection made = connection;
    return memory.bytes() + (made == null ? 0 : made.decoderBytes());
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
  public ReceiverStats stats() {
    if (states.current() == ConnectionState.CLOSED) {
      throw new IllegalStateException("the receiver is closed");
    }
    VideoConnection made = connection;
    return made == null ? ReceiverStats.NONE : ReceiverStats.of(made);
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
      VideoConnection made = connection;
      if (made != null) {
        made.close();
      }
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
  public void failed() {
    states.set(ConnectionState.FAILED);
  }

  @Override
  public boolean admits(PictureSize size) {
    boolean fits = size.fits(MAX_SIDE);
    if (!fits) {
      // The sender is there, but nobody can use what it sends.
      silence.picture();
    }
    return fits;
  }

  @Override
  public void picture(LiveDecoder.Picture picture, int rotation, long nanos) {
    silence.picture();
    boolean _ = newest.replace(new Arrived(picture, rotation, nanos));
  }

  @Override
  public void outOfMemory() {
    memory.exhaust();
  }

  /** Opens the sockets and prints the answer. With the turn taken. */
  private String begin(ReceiveAnswer answer) throws SdpRefusedException, IOException {
    IceCredentials own = IceCredentials.random();
    DtlsIdentity ours = identity.get();
    MediaSockets sockets = MediaSockets.open(options.ports());
    boolean started = false;
    try {
      List<InetSocketAddress> addresses = sockets.local();
      if (addresses.isEmpty()) {
        throw PeerFault.noAddress(options.ports());
      }
      SessionDescription printed =
          answer.print(
              new ReceiveAnswer.OwnTransport(
                  own.fragment(), own.password(), ours.fingerprint(), addresses));
      String text =
          options
              .publicAddress()
              .map(address -> address.applyTo(printed))
              .orElse(printed)
              .toString();
      var made = new VideoConnection(clock, sockets, own, ours, answer, MAX_SIDE, this);
      connection = made;
      states.set(ConnectionState.CONNECTING);
      silence.due();
      silence.answered();
      made.start();
      started = true;
      return text;
    } finally {
      if (!started) {
        sockets.close();
      }
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
