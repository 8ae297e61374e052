package framewise.server.guard;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Origin of a web page (RFC 6454).
 *
 * @param scheme http or https
 * @param host in the form of {@link Authority}
 */
public record WebOrigin(String scheme, String host, int port) {
  /**
   * Parses an origin, or the origin of a URL.
   *
   * @return empty when it is not the origin of a web page, such as {@code null}
   */
  public static Optional<WebOrigin> parse(String text) {
    try {
      URI uri = new URI(text);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      boolean web = scheme.equals("http") || scheme.equals("https");
      return web && uri.getRawAuthority() != null
          ? Authority.parse(uri.getRawAuthority()).map(place -> of(scheme, place))
          : Optional.empty();
    } catch (URISyntaxException noOrigin) {
      return Optional.empty();
    }
  }

  /** Whether it is the browser's own machine: {@code localhost} or a loopback address. */
  public boolean isLoopback() {
    return host.equals("localhost") || host.endsWith(".localhost") || isLoopbackAddress();
  }

  private boolean isLoopbackAddress() {
    try {
      return InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException name) {
      return false;
    }
  }

  /** The origin of a page requested at this host. */
  public static WebOrigin of(String scheme, Authority authority) {
    return new WebOrigin(scheme, authority.host(), authority.port(scheme));
  }
}
