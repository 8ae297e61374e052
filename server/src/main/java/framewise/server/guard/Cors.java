package framewise.server.guard;

import framewise.server.http.PageHeaders;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Sets the headers that allow pages of other origins to read and load responses, on errors too. */
public final class Cors implements Handler, PageHeaders {
  private static final String ONE_DAY_SECONDS = "86400";

  private static final int MAX_ASKED_LENGTH = 2_048;

  private final PageRules pages;

  public Cors(PageRules pages) {
    this.pages = pages;
  }

  @Override
  public void handle(Context context) {
    Optional<String> origin = Optional.ofNullable(context.header("Origin"));
    String path = context.path();
    headers(path, origin).forEach(context::header);
    if (origin.filter(page -> pages.allows(path, page)).isPresent() && isPreflight(context)) {
      context.header("Access-Control-Allow-Methods", "GET, HEAD, POST, PATCH, DELETE, OPTIONS");
      context.header(
          "Access-Control-Allow-Headers",
          Optional.ofNullable(context.header("Access-Control-Request-Headers"))
              .filter(asked -> asked.length() <= MAX_ASKED_LENGTH)
              .orElse("Authorization, Content-Type"));
      context.header("Access-Control-Max-Age", ONE_DAY_SECONDS);
      // Chromium requires this for pages on the internet that access a private network.
      if (context.header("Access-Control-Request-Private-Network") != null) {
        context.header("Access-Control-Allow-Private-Network", "true");
      }
      context.status(204);
      context.skipRemainingHandlers();
    }
  }

  @Override
  public Map<String, String> headers(String path, Optional<String> origin) {
    Map<String, String> headers = new LinkedHashMap<>();
    boolean allowed = origin.filter(page -> pages.allows(path, page)).isPresent();
    // Without it, <img>, <video> and <script> of any page could load the response without reading
    // it.
    headers.put(
        "Cross-Origin-Resource-Policy",
        allowed || pages.isOpen(path) ? "cross-origin" : "same-origin");
    if (pages.varies(path)) {
      headers.put("Vary", "Origin");
    }
    if (!allowed) {
      return headers;
    }
    headers.put("Access-Control-Allow-Origin", pages.varies(path) ? origin.orElseThrow() : "*");
    // Clients of the Overshoot API send cookies, though these have no effect: unless the response
    // allows credentials and names the origin, browsers withhold it. No other path allows
    // credentials.
    if (pages.isKeyed(path)) {
      headers.put("Access-Control-Allow-Credentials", "true");
    }
    headers.put(
        "Access-Control-Expose-Headers",
        "Content-Disposition, Content-Range, ETag, Location, Link, Accept-Post, Accept-Ranges");
    return headers;
  }

  private static boolean isPreflight(Context context) {
    return context.method().equals(HandlerType.OPTIONS)
        && context.header("Access-Control-Request-Method") != null;
  }
}
