package framewise.webrtc;

import framewise.time.WallClock;
import framewise.webrtc.dtls.DtlsIdentity;
import framewise.webrtc.ice.IceCredentials;
import framewise.webrtc.ice.LocalIce;
import framewise.webrtc.ice.MediaSockets;
import framewise.webrtc.ice.ServerAddresses;
import framewise.webrtc.ice.StunServer;
import framewise.webrtc.receiver.PictureSink;
import framewise.webrtc.receiver.VideoConnection;
import framewise.webrtc.sdp.Candidate;
import framewise.webrtc.sdp.OwnTransport;
import framewise.webrtc.sdp.ReceiveAnswer;
import framewise.webrtc.sdp.SdpRefusedException;
import framewise.webrtc.sdp.SessionDescription;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
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
  private static final int MAX_PREFERENCE = 65_535;

  private final PeerOptions options;
  private final Supplier<DtlsIdentity> identity;
  private final WallClock clock;
  private final PictureSink sink;
  private final long session = ThreadLocalRandom.current().nextLong(1L << 62);
  private volatile @Nullable OpenConnection opened;
  private final AtomicLong refusedBefore = new AtomicLong();
  private int version = 1;

  /**
   * An open connection.
   *
   * @param own what our last answer said
   * @param remoteFragment of the peer's last offer
   * @param remoteFingerprints of the peer's first offer
   */
  private record OpenConnection(
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
   * @param tries whether addresses of the peer are tried in any case
   * @param opening called before a new connection receives anything
   */
  String answer(ReceiveAnswer offered, boolean tries, Runnable opening)
      throws SdpRefusedException, IOException {
    version++;
    OpenConnection before = opened;
    if (before == null || !before.remoteFingerprints().equals(offered.remoteFingerprints())) {
      return open(offered, tries, opening);
    }
    boolean restarts = !before.remoteFragment().equals(offered.remoteFragment());
    IceCredentials own =
        restarts
            ? IceCredentials.random()
            : new IceCredentials(before.own().fragment(), before.own().password());
    OwnTransport next = before.own().renewed(own.fragment(), own.password(), version);
    String text = print(offered, next);
    if (restarts) {
      before.connection().restart(own, offered);
    }
    before.connection().change(offered);
    opened =
        new OpenConnection(
            before.connection(), next, offered.remoteFragment(), before.remoteFingerprints());
    return text;
  }

  /** The open connection; empty before the first offer. Any thread may call it. */
  Optional<VideoConnection> connection() {
    return Optional.ofNullable(opened).map(OpenConnection::connection);
  }

  /** Pictures that were not, or could not be, decoded. Any thread may call it. */
  long refused() {
    return refusedBefore.get() + connection().map(VideoConnection::refused).orElse(0L);
  }

  @Override
  public void close() {
    connection().ifPresent(VideoConnection::close);
  }

  private String open(ReceiveAnswer offered, boolean tries, Runnable opening)
      throws SdpRefusedException, IOException {
    OpenConnection before = opened;
    if (before != null) {
      // Closed first: its ports may be the only ones allowed.
      before.connection().close();
      refusedBefore.addAndGet(before.connection().refused());
      opened = null;
    }
    DtlsIdentity ours = identity.get();
    boolean lite = !tries && options.iceServers().isEmpty() && !offered.isRemoteLite();
    LocalIce ice = gathered(lite);
    boolean started = false;
    try {
      List<InetSocketAddress> addresses = ice.sockets().local();
      if (addresses.isEmpty()) {
        throw PeerFault.noAddress(options.ports());
      }
      var transport =
          new OwnTransport(
              ice.own().fragment(),
              ice.own().password(),
              ours.fingerprint(),
              offered.beginsHandshake(),
              lite,
              candidates(addresses, ice.servers().found()),
              session,
              version);
      String text = print(offered, transport);
      var made = new VideoConnection(clock, ice, ours, offered, Receiver.MAX_SIDE, sink);
      opened =
          new OpenConnection(
              made, transport, offered.remoteFragment(), offered.remoteFingerprints());
      opening.run();
      made.start();
      started = true;
      return text;
    } finally {
      if (!started) {
        ice.close();
      }
    }
  }

  /** Opens the sockets, and asks the servers for the sockets' other addresses. */
  private LocalIce gathered(boolean lite) throws IOException {
    MediaSockets sockets = MediaSockets.open(options.ports());
    boolean gathered = false;
    try {
      ServerAddresses servers =
          options.iceServers().isEmpty() ? ServerAddresses.none() : queryServers(sockets);
      gathered = true;
      return new LocalIce(sockets, servers, IceCredentials.random(), lite);
    } finally {
      if (!gathered) {
        sockets.close();
      }
    }
  }

  /** The look-up of names and the requests to the servers share one time limit. */
  private ServerAddresses queryServers(MediaSockets sockets) throws IOException {
    long begin = clock.nanos();
    List<StunServer> servers = IceServer.resolve(options.iceServers(), options.gathering());
    Duration left = options.gathering().minusNanos(clock.nanos() - begin);
    return ServerAddresses.gather(sockets, servers, left, clock);
  }

  private static List<Candidate> candidates(
      List<InetSocketAddress> sockets, List<ServerAddresses.LearnedAddress> found) {
    List<Candidate> all = new ArrayList<>();
    for (InetSocketAddress socket : sockets) {
      all.add(Candidate.host(all.size() + 1, MAX_PREFERENCE - all.size(), socket));
    }
    for (ServerAddresses.LearnedAddress each : found) {
      int foundation = all.size() + 1;
      int preference = MAX_PREFERENCE - all.size();
      all.add(
          each.relayed()
              ? Candidate.relayed(foundation, preference, each.address(), each.base())
              : Candidate.reflexive(foundation, preference, each.address(), each.base()));
    }
    return all;
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
