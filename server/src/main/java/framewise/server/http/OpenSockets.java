package framewise.server.http;

import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Open sockets of clients, of all kinds. Each gets a close frame before the service stops: the HTTP
 * server sometimes cuts a connection before its close frame is sent, and a client can't distinguish
 * that from a network failure.
 */
public final class OpenSockets implements Consumer<WsConfig> {
  /** RFC 6455, 7.4.1. */
  public static final int GOING_AWAY = 1001;

  private static final String REASON = "The service is stopping.";
  private static final Logger LOG = LoggerFactory.getLogger(OpenSockets.class);

  private final Map<String, OpenSocket> open = new ConcurrentHashMap<>();
  private volatile boolean stopping;

  /** One connection, with a signal for its end. */
  private record OpenSocket(WsContext socket, CompletableFuture<Void> over) {}

  @Override
  public void accept(WsConfig socket) {
    socket.onConnect(this::opened);
    socket.onClose(this::closed);
  }

  /**
   * Closes all sockets with {@value #GOING_AWAY}, and any that open later.
   *
   * @param patience wait for clients to answer; sockets still open then stay as they are
   */
  public void close(Duration patience) {
    stopping = true;
    open.values().forEach(one -> one.socket().closeSession(GOING_AWAY, REASON));
    var over = open.values().stream().map(OpenSocket::over).toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.allOf(over).get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException slow) {
      LOG.info("{} clients did not confirm that their socket is closed", open.size());
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void opened(WsContext socket) {
    open.put(socket.sessionId(), new OpenSocket(socket, new CompletableFuture<>()));
    if (stopping) {
      socket.closeSession(GOING_AWAY, REASON);
    }
  }

  private void closed(WsContext socket) {
    OpenSocket known = open.remove(socket.sessionId());
    if (known != null) {
      known.over().complete(null);
    }
  }
}
