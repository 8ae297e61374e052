package framewise.server.config;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The reverse proxies whose headers are believed.
 *
 * @param addresses from which they connect; none for no proxy
 * @param userHeader in which they name the user they have signed in
 */
public record ProxyTrust(List<AddressRange> addresses, String userHeader) {
  public ProxyTrust {
    addresses = List.copyOf(addresses);
  }

  public boolean covers(InetAddress address) {
    return addresses.stream().anyMatch(range -> range.contains(address));
  }

  /**
   * Who sent a request, as far as it is known: the last address that no believed proxy has. Those
   * before it anybody can write, and so can anybody who is no proxy.
   *
   * @param peer at the other end of the connection
   * @param headers all values of a header, in their order
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
