package framewise.server.http;

import io.javalin.http.Handler;
import io.javalin.websocket.WsConfig;
import java.util.function.Consumer;

/**
 * One WebSocket of the API.
 *
 * @param access required access level
 * @param before checks the request of an admitted caller, before the upgrade, and may refuse it
 */
public record Socket(String path, RouteAccess access, Handler before, Consumer<WsConfig> handler) {
  /** A socket that every admitted caller may open. */
  public Socket(String path, RouteAccess access, Consumer<WsConfig> handler) {
    this(path, access, context -> {}, handler);
  }
}
