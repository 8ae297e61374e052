package framewise.server.access;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.time.Duration;
import java.util.Optional;

/** Cookies of signed-in browsers. */
public final class Cookies {
  private static final String SECURE_PREFIX = "__Host-";

  private final String name;

  /**
   * @param instance distinguishes services on one host, because cookies ignore ports
   */
  Cookies(String instance) {
    this.name = "framewise-" + instance;
  }

  Optional<String> read(Context context, boolean encrypted) {
    return Optional.ofNullable(context.cookie(name(encrypted))).filter(text -> !text.isEmpty());
  }

  void write(Context context, boolean encrypted, String value, Duration life) {
    var cookie = new Cookie(name(encrypted), value);
    cookie.setPath("/");
    cookie.setHttpOnly(true);
    cookie.setSecure(encrypted);
    cookie.setSameSite(SameSite.STRICT);
    cookie.setMaxAge((int) life.toSeconds());
    context.cookie(cookie);
  }

  void delete(Context context, boolean encrypted) {
    write(context, encrypted, "", Duration.ZERO);
  }

  /** With the {@code __Host-} prefix, browsers accept it only over TLS and from this very host. */
  private String name(boolean encrypted) {
    return encrypted ? SECURE_PREFIX + name : name;
  }
}
