package framewise.overshoot.v02;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One stream's cookies. The service's load balancer pins a stream to a machine with a cookie
 * ({@code media-gateway-route}), set by the response to its creation; two streams of a client may
 * be on two machines, so each keeps its own. Thread-safe.
 */
final class RoutingCookies {

  private final CookieManager jar = new CookieManager(null, CookiePolicy.ACCEPT_ORIGINAL_SERVER);

  /** Stores the cookies of a response. */
  void keep(URI uri, HttpHeaders headers) {
    try {
      jar.put(uri, headers.map());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The cookie header for a request.
   *
   * @param uri {@code http} or {@code https}; for a WebSocket the same address with that scheme
   */
  Optional<String> header(URI uri) {
    try {
      List<String> cookies = jar.get(uri, Map.of()).getOrDefault("Cookie", List.of());
      return cookies.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", cookies));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
