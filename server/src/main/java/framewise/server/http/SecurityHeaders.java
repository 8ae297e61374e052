package framewise.server.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;

/** Headers that keep browsers from doing with an answer what it was not made for. */
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
