package framewise.webrtc.receiver;

import framewise.webrtc.dtls.DtlsHandshake;
import framewise.webrtc.dtls.DtlsIdentity;
import framewise.webrtc.dtls.DtlsRole;
import framewise.webrtc.dtls.PeerFingerprints;
import framewise.webrtc.ice.CheckedPaths;
import framewise.webrtc.ice.IceCredentials;
import framewise.webrtc.ice.LocalIce;
import framewise.webrtc.ice.NetworkPath;
import framewise.webrtc.ice.OwnChecks;
import framewise.webrtc.ice.StunMessage;
import framewise.webrtc.rtp.RtpPacket;
import framewise.webrtc.sdp.ReceiveAnswer;
import framewise.webrtc.srtp.SrtcpSender;
import framewise.webrtc.srtp.SrtpKeys;
import framewise.webrtc.srtp.SrtpReceiver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The secured transport between a peer and us: sorts datagrams (RFC 7983), answers and sends
 * connectivity checks, carries the handshake, and decrypts media. Datagrams of addresses without a
 * valid check are ignored. Used by the thread that reads the sockets, except where noted.
 */
final class ReceiverTransport implements AutoCloseable {
  /** Media that arrives while the last message of the handshake is being processed. */
  private static final int MAX_EARLY_DATAGRAMS = 512;

  private static final int MAX_STUN_BYTE = 3;
  private static final int MIN_DTLS_BYTE = 20;
  private static final int MAX_DTLS_BYTE = 63;
  private static final int MIN_RTP_BYTE = 128;
  private static final int MAX_RTP_BYTE = 191;
  private static final int MIN_RTCP = 192;
  private static final int MAX_RTCP = 223;

  private final LocalIce ice;
  private final CheckedPaths paths;
  private final Optional<OwnChecks> checks;
  private final DtlsHandshake handshake;
  private final Media media;
  private final Queue<EarlyDatagram> early = new ArrayDeque<>();
  private volatile @Nullable SrtpKeys agreed;
  private @Nullable SrtpReceiver decryption;
  private @Nullable SrtcpSender encryption;
  private boolean heard;

  /** Receives authentic media. */
  interface Media {
    /** The keys are agreed on: called once, before all media. */
    void ready(long nanos);

    void rtp(RtpPacket packet, long nanos);

    void rtcp(byte[] packets, long nanos);
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared, and not changed once made
  private record EarlyDatagram(byte[] datagram, long nanos) {}

  /**
   * @param ice owned by the caller
   * @param ended called on the handshake's thread: true when the peer says goodbye, false when the
   *     handshake or the connection fails
   */
  ReceiverTransport(
      LocalIce ice,
      DtlsIdentity identity,
      ReceiveAnswer answer,
      Media media,
      Consumer<Boolean> ended) {
    this.ice = ice;
    this.media = media;
    this.paths = new CheckedPaths(ice.own(), answer.remoteFragment());
    this.checks = ice.lite() ? Optional.empty() : Optional.of(new OwnChecks(answer.isRemoteLite()));
    PeerFingerprints peer = new PeerFingerprints(answer.remoteFingerprints());
    this.handshake =
        new DtlsHandshake(
            answer.beginsHandshake()
                ? DtlsRole.client(identity, peer)
                : DtlsRole.server(identity, peer),
            this::send,
            new DtlsHandshake.Outcome() {
              @Override
              public void agreed(SrtpKeys keys) {
                agreed = keys;
                ice.sockets().wake();
              }

              @Override
              public void ended(boolean goodbye) {
                ended.accept(goodbye);
              }
            });
  }

  /** Begins to send checks, if any. */
  void begin(IceCredentials remote, long nanos) {
    checks.ifPresent(own -> own.begin(ice.own(), remote));
    ice.servers().permitEachOther(nanos);
  }

  /**
   * Restarts ICE; the keys of the media stay.
   *
   * @param own what our new answer says
   */
  void restart(IceCredentials own, IceCredentials remote) {
    paths.restart(own, remote.fragment());
    checks.ifPresent(one -> one.begin(own, remote));
  }

  /** Learns an address of the peer that may be tried. */
  void candidate(InetSocketAddress peer, long nanos) {
    ice.servers().permit(peer.getAddress(), nanos);
    checks.ifPresent(own -> own.add(peer, ice.sockets().channels(), ice.servers()));
  }

  /** Sends the checks and server requests that are due. */
  void tick(long nanos) {
    ice.servers().tick(nanos);
    checks.ifPresent(own -> own.tick(nanos, paths.isChosen()));
  }

  /**
   * Waits for datagrams and takes those that have arrived.
   *
   * @param nanos when they arrive, read after the wait
   */
  void read(long waitMillis, LongSupplier nanos) throws IOException {
    ice.sockets().read(waitMillis, (datagram, path) -> receive(datagram, path, nanos.getAsLong()));
  }

  /** Whether the keys are agreed on, so that media can flow. Takes media that came before them. */
  boolean isReady(long nanos) {
    SrtpKeys keys = agreed;
    if (decryption == null && keys != null) {
      encryption = new SrtcpSender(keys);
      decryption = new SrtpReceiver(keys);
      media.ready(nanos);
      early.forEach(one -> media(one.datagram(), one.nanos()));
      early.clear();
    }
    return decryption != null;
  }

  /** Whether the peer was heard from since the last call: a valid check, or authentic media. */
  boolean wasHeard() {
    boolean was = heard;
    heard = false;
    return was;
  }

  /** Protects control packets and sends them on the nominated path. */
  void send(byte[] packets) {
    SrtcpSender protection = encryption;
    Optional<NetworkPath> path = paths.nominated();
    if (protection != null && path.isPresent()) {
      path.get().send(ByteBuffer.wrap(protection.protect(packets)));
    }
  }

  /** Ends a wait. Any thread may call it. */
  void wake() {
    ice.sockets().wake();
  }

  /** Sends close_notify to the peer. Any thread may call it. */
  @Override
  public void close() {
    handshake.close();
  }

  private void send(byte[] buffer, int offset, int length) {
    Optional<NetworkPath> path = paths.nominated();
    if (path.isPresent()) {
      path.get().send(ByteBuffer.wrap(buffer, offset, length));
    }
  }

  private void receive(ByteBuffer datagram, NetworkPath path, long nanos) {
    boolean ofServer =
        ice.servers().take(datagram, path, nanos, (inner, from) -> take(inner, from, nanos));
    if (!ofServer) {
      take(datagram, path, nanos);
    }
  }

  private void take(ByteBuffer datagram, NetworkPath path, long nanos) {
    int first = datagram.get(0) & 0xFF;
    if (first <= MAX_STUN_BYTE) {
      if (StunMessage.parse(datagram).filter(message -> isValid(message, path)).isPresent()) {
        heard = true;
        handshake.start();
      }
    } else if (paths.isValid(path)) {
      byte[] bytes = new byte[datagram.remaining()];
      datagram.get(bytes);
      if (first >= MIN_DTLS_BYTE && first <= MAX_DTLS_BYTE) {
        handshake.take(bytes);
      } else if (first >= MIN_RTP_BYTE && first <= MAX_RTP_BYTE) {
        if (isReady(nanos)) {
          media(bytes, nanos);
        } else if (early.size() < MAX_EARLY_DATAGRAMS) {
          early.add(new EarlyDatagram(bytes, nanos));
        }
      }
    }
  }

  /** Whether a message shows that the peer is at the other end of a path. */
  private boolean isValid(StunMessage message, NetworkPath path) {
    if (checks.filter(own -> own.take(message, path)).isPresent()) {
      paths.validate(path, checks.get().controls());
      return true;
    }
    return paths.check(message, path);
  }

  private void media(byte[] datagram, long nanos) {
    SrtpReceiver keys = decryption;
    if (keys == null || datagram.length < 2) {
      return;
    }
    int second = datagram[1] & 0xFF;
    if (second >= MIN_RTCP && second <= MAX_RTCP) {
      Optional<byte[]> clear = keys.rtcp(datagram);
      heard |= clear.isPresent();
      clear.ifPresent(packets -> media.rtcp(packets, nanos));
      return;
    }
    int header = RtpPacket.headerLength(datagram);
    Optional<byte[]> clear = header == 0 ? Optional.empty() : keys.rtp(datagram, header);
    heard |= clear.isPresent();
    clear.flatMap(RtpPacket::parse).ifPresent(packet -> media.rtp(packet, nanos));
  }
}
