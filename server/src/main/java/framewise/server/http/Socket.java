package framewise.server.http;

import io.javalin.websocket.WsConfig;
import java.util.function.Consumer;

/**
 * One WebSocket of the API.
 *
 * @param access required access level
 */
public record Socket(String path, RouteAccess access, Consumer<WsConfig> handler) {}
