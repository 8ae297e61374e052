package framewise.server.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;

/** Headers that prevent browsers from misusing a response. */
public final class SecurityHeaders implements Handler {
  @Override
  public void handle(Context context) {
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Referrer-Policy", "no-referrer");
    context.header("X-Frame-Options", "DENY");
    context.header("Cross-Origin-Opener-Policy", "same-origin");
    context.header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  }
}
