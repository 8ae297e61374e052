package framewise.webrtc;

import framewise.webrtc.ice.PortRange;
import java.util.Optional;

/** A failure of the local peer connection, not caused by the remote peer. */
public final class PeerFault extends RuntimeException {
  public PeerFault(String message) {
    super(message);
  }

  public PeerFault(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * No peer can reach this machine at any address.
   *
   * @param ports the only ones to use; empty for any
   */
  static PeerFault noAddress(Optional<PortRange> ports) {
    return new PeerFault(
        ("Peers can't reach this machine: it has only loopback addresses, or every media"
                + " port%s is in use. Connect it to a network, or widen the range of ports.")
            .formatted(ports.map(range -> " of " + range).orElse("")));
  }
}
