package framewise.server.http;

import framewise.server.config.Origins;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Lets web pages from other addresses use the API, on errors too. */
public final class Cors implements Handler {
  private static final String ONE_DAY_SECONDS = "86400";

  private final Origins origins;
  private final Predicate<String> withCredentials;

  /**
   * @param withCredentials the paths whose clients send cookies along: their answers must name the
   *     page's origin, a star is refused by browsers
   */
  public Cors(Origins origins, Predicate<String> withCredentials) {
    this.origins = origins;
    this.withCredentials = withCredentials;
  }

  @Override
  public void handle(Context context) {
    Optional<String> origin = Optional.ofNullable(context.header("Origin"));
    headers(context.path(), origin).forEach(context::header);
    if (origin.filter(origins::allows).isPresent() && isPreflight(context)) {
      context.header("Access-Control-Allow-Methods", "GET, HEAD, POST, PATCH, DELETE, OPTIONS");
      context.header(
          "Access-Control-Allow-Headers",
          Optional.ofNullable(context.header("Access-Control-Request-Headers"))
              .orElse("Authorization, Content-Type"));
      context.header("Access-Control-Max-Age", ONE_DAY_SECONDS);
      // Chromium asks this of pages on the internet that reach into a private network.
      if (context.header("Access-Control-Request-Private-Network") != null) {
        context.header("Access-Control-Allow-Private-Network", "true");
      }
      context.status(204);
      context.skipRemainingHandlers();
    }
  }

  /** The headers of every answer on this path, whatever it is, for a page of this origin. */
  Map<String, String> headers(String path, Optional<String> origin) {
    Map<String, String> headers = new LinkedHashMap<>();
    boolean credentials = withCredentials.test(path);
    boolean named = credentials || origins.listed().isPresent();
    if (named) {
      headers.put("Vary", "Origin");
    }
    if (origin.isEmpty() || !origins.allows(origin.get())) {
      return headers;
    }
    headers.put("Access-Control-Allow-Origin", named ? origin.get() : "*");
    if (credentials) {
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
