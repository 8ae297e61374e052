package framewise.server.guard;

import framewise.server.config.Origins;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Tells from {@code Origin} and the Fetch Metadata headers which web page a request comes from, and
 * which pages may use the service.
 */
public final class PageRules {
  private static final String SITE = "Sec-Fetch-Site";

  private final Origins origins;
  private final Set<WebOrigin> own;
  private final Predicate<String> keyed;

  /**
   * @param origins the pages on other origins that may use the service
   * @param own what this service is to browsers behind a proxy, beside what they ask for
   * @param keyed the paths where a key is asked for that browsers do not send by themselves: pages
   *     of every origin may use them unless some are named
   */
  public PageRules(Origins origins, Set<WebOrigin> own, Predicate<String> keyed) {
    this.origins = origins;
    this.own = Set.copyOf(own);
    this.keyed = keyed;
  }

  /** Whether scripts of pages of this origin may read what this path answers. */
  public boolean allows(String path, String origin) {
    return origins.allows(origin) || (keyed.test(path) && origins.isNone());
  }

  /** Whether this path has clients of its own that are not pages of this service. */
  public boolean isKeyed(String path) {
    return keyed.test(path);
  }

  /** Whether any page at all may load what this path answers. */
  public boolean isOpen(String path) {
    return origins.isAll() || keyed.test(path);
  }

  /** Whether the answer depends on the page's origin. */
  public boolean varies(String path) {
    return !origins.isAll() || keyed.test(path);
  }

  /** Who sends this request. */
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

  /** What a page that is let in counts as for this request. */
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

  /** A page of another port of the loopback, such as that of an app that is being developed. */
  private static boolean isOfThisMachine(Request request) {
    List<String> named = request.getHeaders().getValuesList(HttpHeader.ORIGIN);
    return named.size() == 1
        && WebOrigin.parse(named.getFirst()).filter(WebOrigin::isLoopback).isPresent();
  }

  /** Whether this request of a foreign page is turned down. */
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

  /** However the path is read: as it was written, or with its dots resolved. */
  private boolean isOpenTo(Request request) {
    var uri = request.getHttpURI();
    return uri.getPath() != null && isOpen(uri.getPath()) && isOpen(uri.getCanonicalPath());
  }

  /** A link that was followed: the page it is on learns nothing, and frames are forbidden. */
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

  /** {@code none} is a person's own doing, such as a typed address; what is unknown is refused. */
  private static boolean isElsewhere(Optional<String> site) {
    return site.isPresent() && !site.get().equals("same-origin") && !site.get().equals("none");
  }
}
