package framewise.server.peer;

import framewise.media.network.AddressRule;
import framewise.media.network.AllowedAddresses;
import framewise.server.access.Caller;
import framewise.server.access.ForwardedCallers;
import framewise.server.limits.ClientAddress;
import io.javalin.http.Context;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Address of an offer's sender. Of the addresses in an offer, only this one is tried: the sender of
 * an offer can make this service send packets to itself and to no other host. Senders with other
 * addresses connect by reaching this service's. Addresses that {@link AllowedAddresses#LAN} refuses
 * are never tried.
 *
 * @param address source of the offer; empty when an untrusted proxy forwarded it
 * @param group key under which offers are counted: an IPv4 address or a 64-bit IPv6 network; empty
 *     for this machine itself, and behind a proxy, whose users can't be distinguished
 * @param isThisMachine whether a program on this machine sent it, and no proxy
 */
public record OffererAddress(
    Optional<InetAddress> address, Optional<String> group, boolean isThisMachine)
    implements AddressRule {
  /** Headers that proxies add: the connection's address is the proxy's then, not the sender's. */
  private static final List<String> OF_PROXIES =
      List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via");

  private static final int NETWORK_BYTES = 8;

  /**
   * The source address of a request or, if another node forwarded it, of the request to that node.
   */
  public static OffererAddress of(Context context) {
    if (ForwardedCallers.isForwarded(context)) {
      return forwarded(Caller.of(context).address());
    }
    Optional<InetAddress> forwarded = ClientAddress.forwarded(context);
    if (forwarded.isPresent()) {
      return new OffererAddress(forwarded, forwarded.map(OffererAddress::groupOf), false);
    }
    boolean proxied = OF_PROXIES.stream().anyMatch(name -> context.header(name) != null);
    return of(context.req().getRemoteAddr(), proxied);
  }

  static OffererAddress of(String literal, boolean proxied) {
    Optional<InetAddress> peer = parsed(literal);
    boolean here = peer.filter(InetAddress::isLoopbackAddress).isPresent();
    // Any client can forge a proxy's headers: only a nearby proxy is trusted.
    boolean nearby = peer.flatMap(AllowedAddresses.PUBLIC::refusal).isPresent();
    return new OffererAddress(
        proxied ? Optional.empty() : peer,
        here || (proxied && nearby) ? Optional.empty() : peer.map(OffererAddress::groupOf),
        here && !proxied);
  }

  /**
   * A request that another node forwarded. That node may have got it from a proxy, whose users
   * can't be distinguished.
   */
  static OffererAddress forwarded(String literal) {
    Optional<InetAddress> peer = parsed(literal);
    boolean nearby = peer.flatMap(AllowedAddresses.PUBLIC::refusal).isPresent();
    return new OffererAddress(
        peer, nearby ? Optional.empty() : peer.map(OffererAddress::groupOf), false);
  }

  @Override
  public Optional<String> refusal(InetAddress candidate) {
    if (address.filter(candidate::equals).isEmpty()) {
      return Optional.of("not the address that the offer came from");
    }
    return AllowedAddresses.LAN.refusal(candidate);
  }

  private static Optional<InetAddress> parsed(String literal) {
    int zone = literal.indexOf('%');
    try {
      return Optional.of(InetAddress.ofLiteral(zone < 0 ? literal : literal.substring(0, zone)));
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }

  private static String groupOf(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address instanceof Inet4Address
        ? address.getHostAddress()
        : HexFormat.of().formatHex(bytes, 0, NETWORK_BYTES);
  }
}
