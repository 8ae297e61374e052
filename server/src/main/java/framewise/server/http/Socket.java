package framewise.server.http;

import framewise.engine.SessionId;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.websocket.WsConfig;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One WebSocket of the API.
 *
 * @param access required access level
 * @param session the session whose owner must serve it; empty where every node can
 * @param before checks the request of an admitted caller, before the upgrade, and may refuse it
 */
public record Socket(
    String path,
    RouteAccess access,
    Function<Context, Optional<SessionId>> session,
    Handler before,
    Consumer<WsConfig> handler) {
  /** A socket that every admitted caller may open, and every node can serve. */
  public Socket(String path, RouteAccess access, Consumer<WsConfig> handler) {
    this(path, access, context -> Optional.empty(), context -> {}, handler);
  }
}
