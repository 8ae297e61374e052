package framewise.server.config.network;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Trusted reverse proxies.
 *
 * @param addresses from which they connect; none for no proxy
 * @param userHeader header with the name of the user that a proxy has signed in
 */
public record ProxyTrust(List<AddressRange> addresses, String userHeader) {
  public ProxyTrust {
    addresses = List.copyOf(addresses);
  }

  public boolean covers(InetAddress address) {
    return addresses.stream().anyMatch(range -> range.contains(address));
  }

  /**
   * Sender of a request, as far as known: the last address that belongs to no trusted proxy. Any
   * sender can forge the addresses before it.
   *
   * @param peer address at the other end of the connection
   * @param headers returns all values of a header, in order
   */
  public InetAddress sender(InetAddress peer, Function<String, List<String>> headers) {
    InetAddress sender = peer;
    if (!covers(peer)) {
      return sender;
    }
    for (Optional<InetAddress> hop : ForwardedChain.of(headers).reversed()) {
      if (hop.isEmpty()) {
        break;
      }
      sender = hop.get();
      if (!covers(sender)) {
        break;
      }
    }
    return sender;
  }
}
