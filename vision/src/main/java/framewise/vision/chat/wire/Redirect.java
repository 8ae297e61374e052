package framewise.vision.chat.wire;

import dev.langchain4j.exception.LangChain4jException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A redirect in a reply.
 *
 * @param to the absolute target
 */
public record Redirect(int status, URI from, URI to) {
  private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);

  /** A redirect to where the key must not go, or that would lose the request's body. */
  public static final class RedirectedException extends LangChain4jException {
    private final transient Redirect redirect;

    RedirectedException(Redirect redirect) {
      super("HTTP %d".formatted(redirect.status()));
      this.redirect = redirect;
    }

    /** Where the service points. */
    public Redirect redirect() {
      return redirect;
    }
  }

  /** The redirect; empty when there is none, or its target is not on the web. */
  public static Optional<Redirect> of(HttpResponse<?> response) {
    if (!STATUSES.contains(response.statusCode())) {
      return Optional.empty();
    }
    try {
      URI from = response.uri();
      return response
          .headers()
          .firstValue("Location")
          .map(place -> from.resolve(place.strip()))
          .filter(to -> to.getHost() != null && Set.of("http", "https").contains(scheme(to)))
          .map(to -> new Redirect(response.statusCode(), from, to));
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }

  /** Whether the key may be sent there: only to the same host and port, never over plain HTTP. */
  public boolean isSafe() {
    boolean sameHost = from.getHost().equalsIgnoreCase(to.getHost());
    boolean samePort = scheme(from).equals(scheme(to)) && port(from) == port(to);
    boolean secured =
        scheme(from).equals("http")
            && scheme(to).equals("https")
            && port(from) == 80
            && port(to) == 443;
    return sameHost && (samePort || secured);
  }

  /** Whether the request keeps its method and body (RFC 9110, 15.4.8 and 15.4.9). */
  boolean keepsBody() {
    return status == 307 || status == 308;
  }

  private static String scheme(URI address) {
    return address.getScheme().toLowerCase(Locale.ROOT);
  }

  private static int port(URI address) {
    if (address.getPort() >= 0) {
      return address.getPort();
    }
    return scheme(address).equals("https") ? 443 : 80;
  }
}
