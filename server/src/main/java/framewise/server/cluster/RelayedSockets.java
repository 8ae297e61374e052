package framewise.server.cluster;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.websocket.WsBinaryMessageHandler;
import io.javalin.websocket.WsCloseHandler;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectHandler;
import io.javalin.websocket.WsContext;
import io.javalin.websocket.WsErrorHandler;
import io.javalin.websocket.WsMessageHandler;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One socket of the API on one of several nodes: served here where this node owns its session, and
 * otherwise relayed to the owner. Safe for any number of threads.
 */
final class RelayedSockets implements Consumer<WsConfig> {
  private static final String RELAY = "framewise.relay";
  private static final int CUT = 1006;

  private final Handler before;
  private final Handlers here = new Handlers();
  private final Owner owner;

  /** Finds the owner of a socket's session, and connects to it. */
  interface Owner {
    /**
     * Connects to the owner.
     *
     * @return empty where this node serves the socket
     * @throws framewise.server.http.ProblemException when the owner can't be reached, or refuses
     */
    Optional<SocketRelay> relay(Context context) throws InterruptedException;
  }

  /**
   * @param before what this node checks before the upgrade where it serves the socket
   * @param handler serves it
   */
  RelayedSockets(Handler before, Consumer<WsConfig> handler, Owner owner) {
    this.before = before;
    this.owner = owner;
    handler.accept(here);
  }

  /**
   * Connects to the owner before the upgrade, so that clients get its refusal as an HTTP response.
   */
  void before(Context context) throws Exception {
    Optional<SocketRelay> relay = owner.relay(context);
    if (relay.isPresent()) {
      context.attribute(RELAY, relay.get());
    } else {
      before.handle(context);
    }
  }

  @Override
  public void accept(WsConfig socket) {
    socket.onConnect(
        context -> {
          Optional<SocketRelay> relay = relay(context);
          if (relay.isPresent()) {
            relay.get().begin(context);
          } else {
            here.connect.handleConnect(context);
          }
        });
    socket.onMessage(
        message -> {
          Optional<SocketRelay> relay = relay(message);
          if (relay.isPresent()) {
            relay.get().send(message.message());
          } else {
            here.message.handleMessage(message);
          }
        });
    socket.onBinaryMessage(
        message -> {
          Optional<SocketRelay> relay = relay(message);
          if (relay.isPresent()) {
            relay.get().send(message.data());
          } else {
            here.binary.handleBinaryMessage(message);
          }
        });
    socket.onClose(
        close -> {
          Optional<SocketRelay> relay = relay(close);
          if (relay.isPresent()) {
            relay.get().end(close.status() != CUT);
          } else {
            here.close.handleClose(close);
          }
        });
    socket.onError(
        error -> {
          Optional<SocketRelay> relay = relay(error);
          if (relay.isPresent()) {
            relay.get().end(false);
          } else {
            here.error.handleError(error);
          }
        });
  }

  private static Optional<SocketRelay> relay(WsContext socket) {
    return Optional.ofNullable(socket.attribute(RELAY));
  }

  /** Collects the handlers of a socket, because Javalin gives no access to them. */
  private static final class Handlers extends WsConfig {
    private WsConnectHandler connect = context -> {};
    private WsMessageHandler message = context -> {};
    private WsBinaryMessageHandler binary = context -> {};
    private WsCloseHandler close = context -> {};
    private WsErrorHandler error = context -> {};

    @Override
    public void onConnect(WsConnectHandler handler) {
      connect = handler;
    }

    @Override
    public void onMessage(WsMessageHandler handler) {
      message = handler;
    }

    @Override
    public void onBinaryMessage(WsBinaryMessageHandler handler) {
      binary = handler;
    }

    @Override
    public void onClose(WsCloseHandler handler) {
      close = handler;
    }

    @Override
    public void onError(WsErrorHandler handler) {
      error = handler;
    }
  }
}
