package framewise.server.guard;

import framewise.server.config.network.Origins;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Determines from {@code Origin} and the Fetch Metadata headers which web page a request comes
 * from, and which pages may use the service.
 */
public final class PageRules {
  private static final String SITE = "Sec-Fetch-Site";

  private final Origins origins;
  private final Set<WebOrigin> own;
  private final Predicate<String> keyed;

  /**
   * @param origins pages on other origins that may use the service
   * @param own the service's origins behind a proxy, in addition to the requested one
   * @param keyed paths that require a key which browsers do not send by themselves: open to pages
   *     of every origin unless some origins are named
   */
  public PageRules(Origins origins, Set<WebOrigin> own, Predicate<String> keyed) {
    this.origins = origins;
    this.own = Set.copyOf(own);
    this.keyed = keyed;
  }

  /** Whether scripts of pages of this origin may read responses of this path. */
  public boolean allows(String path, String origin) {
    return origins.allows(origin) || (keyed.test(path) && origins.isNone());
  }

  /** Whether this path has clients other than this service's pages. */
  public boolean isKeyed(String path) {
    return keyed.test(path);
  }

  /** Whether any page may load responses of this path. */
  public boolean isOpen(String path) {
    return origins.isAll() || keyed.test(path);
  }

  /** Whether the response depends on the page's origin. */
  public boolean varies(String path) {
    return !origins.isAll() || keyed.test(path);
  }

  /** Determines the page that sent this request. */
  public PageKind kind(Request request) {
    List<String> named = request.getHeaders().getValuesList(HttpHeader.ORIGIN);
    boolean elsewhere = isElsewhere(Optional.ofNullable(request.getHeaders().get(SITE)));
    if (named.isEmpty()) {
      return elsewhere ? PageKind.FOREIGN_PAGE : PageKind.NO_PAGE;
    }
    if (named.size() > 1) {
      return PageKind.FOREIGN_PAGE;
    }
    if (isOwn(request, named.getFirst())) {
      return elsewhere ? PageKind.FOREIGN_PAGE : PageKind.OWN_PAGE;
    }
    return origins.names(named.getFirst()) ? PageKind.NAMED_PAGE : PageKind.FOREIGN_PAGE;
  }

  /** The kind of an admitted page. */
  PageKind onPath(Request request, PageKind page) {
    if (page == PageKind.FOREIGN_PAGE && isNavigation(request)) {
      return PageKind.NO_PAGE;
    }
    var uri = request.getHttpURI();
    boolean byKey =
        uri.getPath() != null && keyed.test(uri.getPath()) && keyed.test(uri.getCanonicalPath());
    if (page != PageKind.FOREIGN_PAGE || !byKey) {
      return page;
    }
    return isOfThisMachine(request) ? PageKind.KEYED_PAGE : PageKind.UNKNOWN_PAGE;
  }

  /** Whether the page is on another loopback port, such as an app under development. */
  private static boolean isOfThisMachine(Request request) {
    List<String> named = request.getHeaders().getValuesList(HttpHeader.ORIGIN);
    return named.size() == 1
        && WebOrigin.parse(named.getFirst()).filter(WebOrigin::isLoopback).isPresent();
  }

  /** Whether to refuse this request of a foreign page. */
  public boolean isRefused(Request request, PageKind page) {
    if (page != PageKind.FOREIGN_PAGE || isOpenTo(request)) {
      return false;
    }
    return switch (request.getMethod()) {
      case "OPTIONS" -> false;
      case "GET", "HEAD" -> !isNavigation(request);
      default -> true;
    };
  }

  /** Checks the path both as written and with its dots resolved. */
  private boolean isOpenTo(Request request) {
    var uri = request.getHttpURI();
    return uri.getPath() != null && isOpen(uri.getPath()) && isOpen(uri.getCanonicalPath());
  }

  /** A followed link: its page can't read the response, and framing is forbidden. */
  private static boolean isNavigation(Request request) {
    return Set.of("GET", "HEAD").contains(request.getMethod())
        && "navigate".equals(request.getHeaders().get("Sec-Fetch-Mode"))
        && !request.getHeaders().contains(HttpHeader.ORIGIN)
        && !request.getHeaders().contains(HttpHeader.UPGRADE);
  }

  private boolean isOwn(Request request, String origin) {
    Optional<WebOrigin> page = WebOrigin.parse(origin);
    String scheme = request.isSecure() ? "https" : "http";
    Optional<WebOrigin> asked =
        Optional.ofNullable(request.getHeaders().get(HttpHeader.HOST))
            .flatMap(Authority::parse)
            .map(authority -> WebOrigin.of(scheme, authority));
    return page.isPresent() && (page.equals(asked) || own.contains(page.get()));
  }

  /**
   * {@code none} means a person's own action, such as a typed address; unknown values are refused.
   */
  private static boolean isElsewhere(Optional<String> site) {
    return site.isPresent() && !site.get().equals("same-origin") && !site.get().equals("none");
  }
}
