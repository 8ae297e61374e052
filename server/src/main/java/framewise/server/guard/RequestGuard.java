package framewise.server.guard;

import framewise.engine.ShownText;
import framewise.server.http.ErrorForm;
import framewise.server.http.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses requests that are not for this service, or that come from web pages that may not use it.
 * Runs before every call and socket.
 */
public final class RequestGuard extends Handler.Wrapper {
  private static final int MAX_LOGGED = 100;
  private static final int SHOWN = 100;
  private static final Logger LOG = LoggerFactory.getLogger(RequestGuard.class);

  private final OwnNames names;
  private final PageRules pages;
  private final ErrorForm form;
  private final Consumer<String> counter;
  private final Set<String> logged = ConcurrentHashMap.newKeySet();

  /**
   * @param form error format of paths that do not use problem documents
   * @param counter counts refusals, by {@code syntax}, {@code host} or {@code origin}
   */
  public RequestGuard(OwnNames names, PageRules pages, ErrorForm form, Consumer<String> counter) {
    this.names = names;
    this.pages = pages;
    this.form = form;
    this.counter = counter;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Optional<Problem> unusable = RequestSyntax.fault(request);
    if (unusable.isPresent()) {
      refuse(request, response, callback, "syntax", unusable.get());
      return true;
    }
    Optional<String> stranger = hosts(request).filter(host -> !isOwn(host)).findFirst();
    if (stranger.isPresent()) {
      refuse(request, response, callback, "host", misdirected(shown(stranger.get())));
      return true;
    }
    PageKind page = pages.kind(request);
    if (pages.isRefused(request, page)) {
      String origin = request.getHeaders().get(HttpHeader.ORIGIN);
      refuse(request, response, callback, "origin", foreign(Optional.ofNullable(origin)));
      return true;
    }
    request.setAttribute(PageKind.ATTRIBUTE, pages.onPath(request, page));
    return super.handle(request, response, callback);
  }

  /** Checks both the request line and its header; browsers always send the header. */
  private static Stream<String> hosts(Request request) {
    List<String> headers = request.getHeaders().getValuesList(HttpHeader.HOST);
    return Stream.concat(Stream.ofNullable(request.getHttpURI().getAuthority()), headers.stream());
  }

  private boolean isOwn(String host) {
    return Authority.parse(host).filter(names::covers).isPresent();
  }

  private void refuse(
      Request request, Response response, Callback callback, String reason, Problem problem) {
    counter.accept(reason);
    if (logged.size() < MAX_LOGGED && logged.add(problem.detail())) {
      LOG.info("Refused a request: {}", problem.detail());
    }
    var body = form.body(Optional.ofNullable(request.getHttpURI().getPath()), problem);
    response.setStatus(problem.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, body.contentType());
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.getHeaders().put("Cross-Origin-Resource-Policy", "same-origin");
    response.getHeaders().put(HttpHeader.VARY, "Origin, Sec-Fetch-Site, Sec-Fetch-Mode");
    byte[] bytes = body.text().getBytes(StandardCharsets.UTF_8);
    response.write(true, ByteBuffer.wrap(bytes), callback);
  }

  private static Problem misdirected(String host) {
    return Problem.of(
        HttpStatus.MISDIRECTED_REQUEST_421,
        "unknown_host",
        "This service does not know the host name \"%s\". If people open it under this name, add"
                .formatted(host)
            + " its URL to FRAMEWISE_PUBLIC_URL and restart the service.");
  }

  private static Problem foreign(Optional<String> origin) {
    String page =
        origin
            .map(RequestGuard::shown)
            .map("Pages of %s may not use this service."::formatted)
            .orElse("Pages of other sites may not use this service.");
    return Problem.of(
        HttpStatus.FORBIDDEN_403,
        "foreign_origin",
        page
            + " To let them in, add their origin to FRAMEWISE_CORS_ORIGINS; if it is the service's"
            + " own address behind a proxy, set FRAMEWISE_PUBLIC_URL.");
  }

  private static String shown(String text) {
    return ShownText.of(text, SHOWN);
  }
}
