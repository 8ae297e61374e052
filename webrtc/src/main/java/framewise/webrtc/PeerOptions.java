package framewise.webrtc;

import framewise.webrtc.ice.PortRange;
import framewise.webrtc.sdp.PublicAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Connection settings of peers.
 *
 * @param iceServers STUN and TURN servers; none by default, so that nothing is sent to third
 *     parties
 * @param ports the UDP ports to use; any by default
 * @param publicAddress published instead of the machine's own addresses, for a router or container
 *     engine that maps its ports one to one
 * @param gathering how long to look for local addresses, 100 ms to 30 s. A STUN server that does
 *     not answer would delay an offer by 20 s or more; the offer has the addresses found by then
 */
public record PeerOptions(
    List<IceServer> iceServers,
    Optional<PortRange> ports,
    Optional<PublicAddress> publicAddress,
    Duration gathering) {
  /** No servers, any port, the machine's own addresses, at most 1.5 s of gathering. */
  public static final PeerOptions DEFAULTS =
      new PeerOptions(List.of(), Optional.empty(), Optional.empty(), Duration.ofMillis(1_500));

  public PeerOptions {
    iceServers = List.copyOf(iceServers);
    if (gathering.compareTo(Duration.ofMillis(100)) < 0
        || gathering.compareTo(Duration.ofSeconds(30)) > 0) {
      throw new IllegalArgumentException(
          "the gathering time is %d ms but must be from 100 ms to 30 s"
              .formatted(gathering.toMillis()));
    }
  }

  public PeerOptions withIceServers(List<IceServer> servers) {
    return new PeerOptions(servers, ports, publicAddress, gathering);
  }

  public PeerOptions withPorts(PortRange range) {
    return new PeerOptions(iceServers, Optional.of(range), publicAddress, gathering);
  }

  public PeerOptions withPublicAddress(PublicAddress address) {
    return new PeerOptions(iceServers, ports, Optional.of(address), gathering);
  }

  public PeerOptions withGathering(Duration most) {
    return new PeerOptions(iceServers, ports, publicAddress, most);
  }
}
