package framewise.server.http;

import io.javalin.http.Context;
import org.eclipse.jetty.http.HttpStatus;

/** Refuses plain HTTP requests to a WebSocket's address, and says what is missing. */
public final class WebSocketOnly {
  private WebSocketOnly() {}

  /**
   * Answers such a request.
   *
   * @throws ProblemException 426, always
   */
  public static void refuse(Context context) {
    context.header("Upgrade", "websocket");
    throw Problem.of(
            HttpStatus.UPGRADE_REQUIRED_426,
            "upgrade_required",
            "This address speaks WebSocket: open it with ws:// instead of http://.")
        .asException();
  }
}
