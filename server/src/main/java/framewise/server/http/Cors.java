package framewise.server.http;

import framewise.server.config.Origins;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.Optional;

/** Lets web pages from other addresses use the API, on errors too. */
public final class Cors implements Handler {
  private static final String ONE_DAY_SECONDS = "86400";

  private final Origins origins;

  public Cors(Origins origins) {
    this.origins = origins;
  }

  @Override
  public void handle(Context context) {
    if (origins.listed().isPresent()) {
      context.addHeader("Vary", "Origin");
    }
    Optional<String> origin = Optional.ofNullable(context.header("Origin"));
    if (origin.isEmpty() || !origins.allows(origin.get())) {
      return;
    }
    context.header(
        "Access-Control-Allow-Origin", origins.listed().isPresent() ? origin.get() : "*");
    context.header(
        "Access-Control-Expose-Headers",
        "Content-Disposition, Content-Range, ETag, Location, Accept-Ranges");
    if (isPreflight(context)) {
      context.header("Access-Control-Allow-Methods", "GET, HEAD, POST, PATCH, DELETE, OPTIONS");
      context.header(
          "Access-Control-Allow-Headers",
          Optional.ofNullable(context.header("Access-Control-Request-Headers"))
              .orElse("Content-Type"));
      context.header("Access-Control-Max-Age", ONE_DAY_SECONDS);
      // Chromium asks this of pages on the internet that reach into a private network.
      if (context.header("Access-Control-Request-Private-Network") != null) {
        context.header("Access-Control-Allow-Private-Network", "true");
      }
      context.status(204);
      context.skipRemainingHandlers();
    }
  }

  private static boolean isPreflight(Context context) {
    return context.method().equals(HandlerType.OPTIONS)
        && context.header("Access-Control-Request-Method") != null;
  }
}
