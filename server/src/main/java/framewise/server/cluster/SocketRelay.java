package framewise.server.cluster;

import io.javalin.websocket.WsContext;
import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.eclipse.jetty.websocket.api.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's socket whose session another node owns: passes messages on in both directions, in
 * order. A client that reads nothing gets no further messages, and is disconnected after a while.
 * Safe for any number of threads.
 */
final class SocketRelay implements WebSocket.Listener {
  /** Largest message from a client, in bytes. */
  private static final int MAX_LENGTH = 256 << 10;

  /** Largest message of the owner, in characters or bytes. */
  private static final int MAX_ANSWER_LENGTH = 4 << 20;

  /** Messages of a client that wait for the owner. */
  private static final int MAX_WAITING = 64;

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** Idle timeout of the client's socket; the owner's pings keep it open. */
  private static final Duration IDLE = Duration.ofMinutes(2);

  private static final int NORMAL = 1000;

  /**
   * Codes that are never sent (RFC 6455, 7.4.1): for a close frame without a code, and for an end
   * without a close frame.
   */
  private static final int NONE = 1005;

  private static final int CUT = 1006;

  /** Service restart: clients that reconnect reach the node that owns the session by then. */
  private static final int RESTART = 1012;

  private static final Logger LOG = LoggerFactory.getLogger(SocketRelay.class);

  private final CompletableFuture<WsContext> client = new CompletableFuture<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final StringBuilder text = new StringBuilder();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Object lock = new Object();
  private Optional<WebSocket> owner = Optional.empty();

  /** Completes once all messages from the client so far are sent. */
  private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);

  /** Begins to pass messages on, once the client's socket is open. */
  void begin(WsContext socket) {
    socket.session.setMaxTextMessageSize(MAX_LENGTH);
    socket.session.setMaxBinaryMessageSize(MAX_LENGTH);
    socket.session.setIdleTimeout(IDLE);
    client.complete(socket);
    known().ifPresent(to -> to.request(1));
  }

  /** Passes on a text message from the client. */
  void send(String message) {
    pass(to -> to.sendText(message, true));
  }

  /** Passes on a copy of a binary message from the client. */
  void send(ByteBuffer message) {
    byte[] copy = new byte[message.remaining()];
    message.get(copy);
    pass(to -> to.sendBinary(ByteBuffer.wrap(copy), true));
  }

  /**
   * The client's socket is closed.
   *
   * @param farewell whether the client closed it, rather than lost its connection
   */
  void end(boolean farewell) {
    if (farewell) {
      pass(to -> to.sendClose(NORMAL, ""));
    } else {
      known().ifPresent(WebSocket::abort);
    }
  }

  @Override
  public void onOpen(WebSocket socket) {
    synchronized (lock) {
      owner = Optional.of(socket);
    }
  }

  @Override
  public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    if (text.length() + data.length() > MAX_ANSWER_LENGTH) {
      return broken(socket, "a message is too long");
    }
    text.append(data);
    if (!last) {
      socket.request(1);
      return CompletableFuture.completedFuture(null);
    }
    String message = text.toString();
    text.setLength(0);
    return deliver(
        socket, Callback.Completable.with(done -> client.join().session.sendText(message, done)));
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
    if (bytes.size() + data.remaining() > MAX_ANSWER_LENGTH) {
      return broken(socket, "a message is too long");
    }
    byte[] part = new byte[data.remaining()];
    data.get(part);
    bytes.writeBytes(part);
    if (!last) {
      socket.request(1);
      return CompletableFuture.completedFuture(null);
    }
    ByteBuffer message = ByteBuffer.wrap(bytes.toByteArray());
    bytes.reset();
    return deliver(
        socket, Callback.Completable.with(done -> client.join().session.sendBinary(message, done)));
  }

  /** The owner's pings keep the client's connection open as well. */
  @Override
  public CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
    return deliver(
        socket,
        Callback.Completable.with(
            done -> client.join().session.sendPing(ByteBuffer.allocate(0), done)));
  }

  @Override
  public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    if (code == CUT) {
      ended();
    } else {
      var _ = client.thenAccept(to -> to.closeSession(code == NONE ? NORMAL : code, reason));
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    LOG.debug("lost the connection to the owner of a stream: {}", error.toString());
    ended();
  }

  private void ended() {
    var _ =
        client.thenAccept(
            to -> to.closeSession(RESTART, "Lost the node of this stream. Try again."));
  }

  private CompletionStage<?> deliver(WebSocket socket, CompletableFuture<?> delivery) {
    return delivery
        .orTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .handle(
            (done, failure) -> {
              if (failure == null) {
                socket.request(1);
              } else {
                LOG.debug("a client reads nothing, or disconnected: {}", failure.toString());
                socket.abort();
                client.join().session.disconnect();
              }
              return done;
            });
  }

  private CompletionStage<?> broken(WebSocket socket, String why) {
    socket.abort();
    onError(socket, new IllegalStateException(why));
    return CompletableFuture.completedFuture(null);
  }

  /** One message is sent at a time. */
  private void pass(Function<WebSocket, CompletableFuture<?>> message) {
    Optional<WebSocket> to = known();
    if (to.isEmpty()) {
      return;
    }
    if (waiting.incrementAndGet() > MAX_WAITING) {
      LOG.info("disconnecting a client, which sends messages too fast");
      to.get().abort();
      client.join().session.disconnect();
      return;
    }
    synchronized (lock) {
      sent =
          sent.handle((before, failure) -> before)
              .thenCompose(before -> message.apply(to.get()))
              .whenComplete((done, failure) -> waiting.decrementAndGet());
    }
  }

  private Optional<WebSocket> known() {
    synchronized (lock) {
      return owner;
    }
  }
}
