package framewise.webrtc.dtls;

import framewise.webrtc.srtp.SrtpKeys;

/** One side of a handshake. Used by one thread at a time. */
public sealed interface DtlsRole permits DtlsClient, DtlsServer {
  /**
   * Makes the side that begins.
   *
   * @param peer hashes of the other side's certificate
   */
  static DtlsRole client(DtlsIdentity identity, PeerFingerprints peer) {
    return new DtlsClient(identity, peer);
  }

  /**
   * Makes the side that waits.
   *
   * @param peer hashes of the other side's certificate
   */
  static DtlsRole server(DtlsIdentity identity, PeerFingerprints peer) {
    return new DtlsServer(identity, peer);
  }

  /** The agreed keys; available once the handshake is complete. */
  SrtpKeys keys();

  /** Whether the peer has sent close_notify. */
  boolean isOver();
}
