package framewise.server.limits;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Who counts as one client: an IPv4 address, or a network of IPv6, of which one machine has as many
 * addresses as it likes.
 *
 * @param local whether it is this machine itself, where proxies stand for many clients
 */
public record ClientAddress(String network, boolean local) {
  /** RFC 4291, 2.5.1: the first half names the network. */
  private static final int NETWORK_BYTES = 8;

  /** The client at the other end of a connection. */
  public static ClientAddress of(SocketAddress peer) {
    return peer instanceof InetSocketAddress internet && internet.getAddress() != null
        ? of(internet.getAddress())
        : new ClientAddress("", true);
  }

  /** The client with this address. */
  public static ClientAddress of(InetAddress address) {
    boolean local = address.isLoopbackAddress();
    byte[] bytes = address.getAddress();
    int length = address instanceof Inet6Address && !local ? NETWORK_BYTES : bytes.length;
    return new ClientAddress(HexFormat.of().formatHex(Arrays.copyOf(bytes, length)), local);
  }

  /** The client with this address, as a request names it. */
  public static ClientAddress of(String literal) {
    int zone = literal.indexOf('%');
    String plain = (zone < 0 ? literal : literal.substring(0, zone)).replaceAll("[\\[\\]]", "");
    try {
      return of(InetAddress.ofLiteral(plain));
    } catch (IllegalArgumentException noAddress) {
      return new ClientAddress("", true);
    }
  }
}
