package framewise.server.config;

import framewise.webrtc.IceServer;
import framewise.webrtc.PeerOptions;
import framewise.webrtc.PortRange;
import framewise.webrtc.sdp.PublicAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How the peers of WebRTC reach this machine.
 *
 * @param ports the UDP ports on which media arrives; empty for any
 * @param publicAddress what routers and containers show the world instead of the machine's own
 * @param iceServers asked for addresses and relays, and told to clients where they are relays
 */
public record MediaNetwork(
    Optional<PortRange> ports, Optional<PublicAddress> publicAddress, List<IceServer> iceServers) {
  public MediaNetwork {
    iceServers = List.copyOf(iceServers);
  }

  /** The same in the words of the peer connections. */
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
