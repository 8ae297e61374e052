package framewise.server.access;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.time.Duration;
import java.util.Optional;

/** The cookies of browsers that are signed in. */
public final class Cookies {
  private static final String SECURE_PREFIX = "__Host-";

  private final String name;

  /**
   * @param instance tells services of one host apart: cookies know no ports
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

  /** With the prefix, browsers take it from an encrypted connection to this very host alone. */
  private String name(boolean encrypted) {
    return encrypted ? SECURE_PREFIX + name : name;
  }
}
