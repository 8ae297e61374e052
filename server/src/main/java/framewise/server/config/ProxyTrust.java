package framewise.server.config;

import java.net.InetAddress;
import java.util.List;

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
}
