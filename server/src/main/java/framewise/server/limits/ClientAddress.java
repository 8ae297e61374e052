package framewise.server.limits;

import io.javalin.http.Context;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.eclipse.jetty.server.Request;

/**
 * Identity of a client for limits: an IPv4 address, or an IPv6 network, because one machine can use
 * any number of IPv6 addresses.
 *
 * @param local whether it stands for many clients: a trusted proxy, or this machine itself, where
 *     proxies may run
 */
public record ClientAddress(String network, boolean local) {
  /** RFC 4291, 2.5.1: the first half is the network. */
  private static final int NETWORK_BYTES = 8;

  private static final String ATTRIBUTE = "framewise.client";

  /** Sender of a request, as reported by a trusted proxy. */
  private record ForwardedAddress(InetAddress address) {}

  /** Records the sender that a trusted proxy reports. */
  static void forward(Request request, InetAddress sender) {
    request.setAttribute(ATTRIBUTE, new ForwardedAddress(sender));
  }

  /** Address of a request's sender behind a trusted proxy; empty for all others. */
  public static Optional<InetAddress> forwarded(Context context) {
    return context.req().getAttribute(ATTRIBUTE) instanceof ForwardedAddress known
        ? Optional.of(known.address())
        : Optional.empty();
  }

  /** Client that sent a request. */
  public static ClientAddress of(Context context) {
    return forwarded(context)
        .map(ClientAddress::of)
        .orElseGet(() -> of(context.req().getRemoteAddr()));
  }

  /** A proxy, which stands for many clients. */
  static ClientAddress ofProxy(InetAddress address) {
    return new ClientAddress(of(address).network(), true);
  }

  /** Client at the other end of the connection. */
  public static ClientAddress of(SocketAddress peer) {
    return peer instanceof InetSocketAddress internet && internet.getAddress() != null
        ? of(internet.getAddress())
        : new ClientAddress("", true);
  }

  /** Client with this address. */
  public static ClientAddress of(InetAddress address) {
    boolean local = address.isLoopbackAddress();
    byte[] bytes = address.getAddress();
    int length = address instanceof Inet6Address && !local ? NETWORK_BYTES : bytes.length;
    return new ClientAddress(HexFormat.of().formatHex(Arrays.copyOf(bytes, length)), local);
  }

  /** Client with this address, in a request's notation. */
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
