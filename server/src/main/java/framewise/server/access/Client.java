package framewise.server.access;

import framewise.server.config.network.ProxyTrust;
import io.javalin.http.Context;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Origin of a request.
 *
 * @param address of the sender, as far as known
 * @param viaProxy whether a trusted proxy forwarded it
 * @param local whether a program on this machine sent it, and no proxy forwarded it
 * @param encrypted whether it came over TLS all the way
 */
record Client(InetAddress address, boolean viaProxy, boolean local, boolean encrypted) {
  /** Headers that proxies and tunnels add; a program on this machine sends none of these. */
  private static final Set<String> FORWARDING =
      Set.of(
          "forwarded",
          "via",
          "x-real-ip",
          "x-client-ip",
          "true-client-ip",
          "fastly-client-ip",
          "x-cluster-client-ip",
          "x-original-forwarded-for",
          "x-original-host",
          "x-envoy-external-address");

  private static final List<String> FORWARDING_PREFIXES =
      List.of("x-forwarded", "cf-", "tailscale-", "x-auth-request-", "remote-");

  static Client of(Context context, ProxyTrust proxies) {
    InetAddress peer = literal(context.req().getRemoteAddr()).orElseGet(Client::nowhere);
    boolean proxy = proxies.covers(peer);
    return new Client(
        proxies.sender(peer, name -> Collections.list(context.req().getHeaders(name))),
        proxy,
        !proxy && peer.isLoopbackAddress() && !isForwarded(context) && isForThisMachine(context),
        context.req().isSecure()
            || (proxy && "https".equalsIgnoreCase(context.header("X-Forwarded-Proto"))));
  }

  /**
   * Key under which attempts of one sender are counted: an IPv4 address, or the 64-bit prefix that
   * an IPv6 household has.
   */
  String network() {
    byte[] bytes = address.getAddress();
    return bytes.length == 4
        ? address.getHostAddress()
        : java.util.HexFormat.of().formatHex(Arrays.copyOf(bytes, 8)) + "::/64";
  }

  String written() {
    return address.getHostAddress();
  }

  private static boolean isForwarded(Context context) {
    // A well-known proxy forwards with HTTP/1.0 and without these headers by default.
    return context.req().getProtocol().equals("HTTP/1.0")
        || Collections.list(context.req().getHeaderNames()).stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .anyMatch(
                name ->
                    FORWARDING.contains(name)
                        || FORWARDING_PREFIXES.stream().anyMatch(name::startsWith));
  }

  private static boolean isForThisMachine(Context context) {
    return isLoopback(String.valueOf(context.req().getServerName()))
        && isLoopback(withoutPort(Optional.ofNullable(context.header("Host")).orElse("")));
  }

  private static boolean isLoopback(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    String plain = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    return plain.equals("localhost")
        || plain.endsWith(".localhost")
        || literal(plain).filter(InetAddress::isLoopbackAddress).isPresent();
  }

  private static String withoutPort(String host) {
    int end = host.startsWith("[") ? host.indexOf(']') + 1 : host.indexOf(':');
    return end <= 0 ? host : host.substring(0, end);
  }

  private static Optional<InetAddress> literal(String text) {
    String plain =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    try {
      return Optional.of(InetAddress.ofLiteral(plain));
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }

  private static InetAddress nowhere() {
    return InetAddress.ofLiteral("0.0.0.0");
  }
}
