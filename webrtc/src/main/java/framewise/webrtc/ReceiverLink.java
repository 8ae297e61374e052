package framewise.webrtc;

import framewise.time.WallClock;
import framewise.webrtc.dtls.DtlsIdentity;
import framewise.webrtc.ice.IceCredentials;
import framewise.webrtc.ice.MediaSockets;
import framewise.webrtc.receiver.PictureSink;
import framewise.webrtc.receiver.VideoConnection;
import framewise.webrtc.sdp.Candidate;
import framewise.webrtc.sdp.OwnTransport;
import framewise.webrtc.sdp.ReceiveAnswer;
import framewise.webrtc.sdp.SdpRefusedException;
import framewise.webrtc.sdp.SessionDescription;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A receiver's connection throughout its peer's offers: the first opens it, later ones change the
 * video or restart ICE. A peer that comes back with another certificate gets a new connection. Used
 * by one thread at a time, except where noted.
 */
final class ReceiverLink implements AutoCloseable {
  private final PeerOptions options;
  private final Supplier<DtlsIdentity> identity;
  private final WallClock clock;
  private final PictureSink sink;
  private final long session = ThreadLocalRandom.current().nextLong(1L << 62);
  private volatile @Nullable Opened opened;
  private final AtomicLong refusedBefore = new AtomicLong();
  private int version = 1;

  /**
   * An open connection.
   *
   * @param own what our last answer said
   * @param remoteFragment of the peer's last offer
   * @param remoteFingerprints of the peer's first offer
   */
  private record Opened(
      VideoConnection connection,
      OwnTransport own,
      String remoteFragment,
      List<String> remoteFingerprints) {}

  ReceiverLink(
      PeerOptions options, Supplier<DtlsIdentity> identity, WallClock clock, PictureSink sink) {
    this.options = options;
    this.identity = identity;
    this.clock = clock;
    this.sink = sink;
  }

  /**
   * Answers an offer. One that is refused changes nothing.
   *
   * @param opening called before a new connection receives anything
   */
  String answer(ReceiveAnswer offered, Runnable opening) throws SdpRefusedException, IOException {
    version++;
    Opened before = opened;
    if (before == null || !before.remoteFingerprints().equals(offered.remoteFingerprints())) {
      return open(offered, opening);
    }
    boolean restarts = !before.remoteFragment().equals(offered.remoteFragment());
    IceCredentials own =
        restarts
            ? IceCredentials.random()
            : new IceCredentials(before.own().fragment(), before.own().password());
    OwnTransport next =
        transport(
            own, before.own().fingerprint(), before.own().begins(), before.own().candidates());
    String text = print(offered, next);
    if (restarts) {
      before.connection().restart(own, offered.remoteFragment());
    }
    before.connection().change(offered.terms());
    opened =
        new Opened(
            before.connection(), next, offered.remoteFragment(), before.remoteFingerprints());
    return text;
  }

  /** The open connection; empty before the first offer. Any thread may call it. */
  Optional<VideoConnection> connection() {
    return Optional.ofNullable(opened).map(Opened::connection);
  }

  /** Pictures that were not, or could not be, decoded. Any thread may call it. */
  long refused() {
    return refusedBefore.get() + connection().map(VideoConnection::refused).orElse(0L);
  }

  @Override
  public void close() {
    connection().ifPresent(VideoConnection::close);
  }

  private String open(ReceiveAnswer offered, Runnable opening)
      throws SdpRefusedException, IOException {
    Opened before = opened;
    if (before != null) {
      // Its ports may be the only ones.
      before.connection().close();
      refusedBefore.addAndGet(before.connection().refused());
      opened = null;
    }
    IceCredentials own = IceCredentials.random();
    DtlsIdentity ours = identity.get();
    MediaSockets sockets = MediaSockets.open(options.ports());
    boolean started = false;
    try {
      List<InetSocketAddress> addresses = sockets.local();
      if (addresses.isEmpty()) {
        throw PeerFault.noAddress(options.ports());
      }
      OwnTransport transport =
          transport(
              own,
              ours.fingerprint(),
              offered.beginsHandshake(),
              OwnTransport.candidates(addresses));
      String text = print(offered, transport);
      var made = new VideoConnection(clock, sockets, own, ours, offered, Receiver.MAX_SIDE, sink);
      opened = new Opened(made, transport, offered.remoteFragment(), offered.remoteFingerprints());
      opening.run();
      made.start();
      started = true;
      return text;
    } finally {
      if (!started) {
        sockets.close();
      }
    }
  }

  private OwnTransport transport(
      IceCredentials own, String fingerprint, boolean begins, List<Candidate> candidates) {
    return new OwnTransport(
        own.fragment(), own.password(), fingerprint, begins, candidates, session, version);
  }

  private String print(ReceiveAnswer offered, OwnTransport own) throws SdpRefusedException {
    SessionDescription printed = offered.print(own);
    return options
        .publicAddress()
        .map(address -> address.applyTo(printed))
        .orElse(printed)
        .toString();
  }
}
