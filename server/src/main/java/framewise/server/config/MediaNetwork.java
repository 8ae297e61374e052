package framewise.server.config;

import framewise.webrtc.IceServer;
import framewise.webrtc.PeerOptions;
import framewise.webrtc.ice.PortRange;
import framewise.webrtc.sdp.PublicAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How WebRTC peers reach this machine.
 *
 * @param ports UDP ports for media; empty for any
 * @param publicAddress the external address behind a router or container network
 * @param iceServers queried for addresses and relays; clients get the relays
 */
public record MediaNetwork(
    Optional<PortRange> ports, Optional<PublicAddress> publicAddress, List<IceServer> iceServers) {
  public MediaNetwork {
    iceServers = List.copyOf(iceServers);
  }

  /** Converts to the peer connections' settings. */
  public PeerOptions peerOptions() {
    PeerOptions options = PeerOptions.DEFAULTS.withIceServers(iceServers);
    options = ports.map(options::withPorts).orElse(options);
    return publicAddress.map(options::withPublicAddress).orElse(options);
  }

  static MediaNetwork read(SettingReader reader) {
    return new MediaNetwork(
        reader.optional(Setting.FRAMEWISE_MEDIA_PORTS, text -> sound(text, PortRange::parse)),
        reader.optional(
            Setting.FRAMEWISE_PUBLIC_ADDRESS, text -> sound(text, PublicAddress::parse)),
        reader.value(Setting.FRAMEWISE_ICE_SERVERS, IceServers::parse));
  }

  private static <T> Optional<T> sound(String text, Function<String, T> parser) {
    try {
      return Optional.of(parser.apply(text));
    } catch (IllegalArgumentException refused) {
      return Optional.empty();
    }
  }
}
