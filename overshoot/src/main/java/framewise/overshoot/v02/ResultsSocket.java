package framewise.overshoot.v02;

import framewise.overshoot.OvershootException;
import framewise.overshoot.OvershootException.Origin;
import framewise.overshoot.OvershootUrl;
import framewise.overshoot.wire.StopReason;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The results socket of one stream, across reconnects. A close means:
 *
 * <ul>
 *   <li>1008: the key was refused and the stream is over
 *   <li>1001 with a reason: the service ended the stream
 *   <li>anything else, including a cut without a close frame: reconnect after the back-off's delay.
 *       The count of attempts restarts when a message arrives or a connection lasts 30 s.
 *   <li>a refused upgrade: over if its status makes retries pointless (401, 402, 403, 404, 410 and
 *       so on), otherwise retried
 * </ul>
 *
 * A connection that stays silent for more than two ping intervals, despite a ping, counts as cut.
 */
final class ResultsSocket {

  private static final Logger LOG = LoggerFactory.getLogger(OvershootStream.class);
  private static final Duration STEADY = Duration.ofSeconds(30);
  private static final int UNAUTHORIZED = 1008;
  private static final int GOING_AWAY = 1001;

  private final String streamId;
  private final HttpClient http;
  private final ClientSettings settings;
  private final CallFailures failures;
  private final RoutingCookies cookies;
  private final ListenerQueue delivery;
  private final StreamCounters tally;
  private final Consumer<V02StreamEnd> end;
  private final String path;

  private @Nullable ResultsConnection current;
  private Instant opened = Instant.MIN;
  private int attempt;
  private boolean leaving;
  private boolean stopped;
  private Runnable cancel = () -> {};

  ResultsSocket(
      String streamId,
      HttpClient http,
      ClientSettings settings,
      CallFailures failures,
      RoutingCookies cookies,
      ListenerQueue delivery,
      StreamCounters tally,
      Consumer<V02StreamEnd> end) {
    this.streamId = streamId;
    this.http = http;
    this.settings = settings;
    this.failures = failures;
    this.cookies = cookies;
    this.delivery = delivery;
    this.tally = tally;
    this.end = end;
    this.path = "/ws/streams/" + OvershootUrl.segment(streamId);
  }

  /** Opens the first connection in the background. */
  void start() {
    Thread.ofVirtual().name("overshoot-socket-" + streamId).start(this::connect);
  }

  /** Cuts any connection; nothing is reported after this. */
  synchronized void stop() {
    stopped = true;
    cancel.run();
    ResultsConnection connection = current;
    if (connection != null) {
      connection.cut();
    }
  }

  /** Expects the service to close the socket, so that this does not count as a loss. */
  synchronized void expectClose() {
    leaving = true;
    cancel.run();
  }

  /**
   * Handles a close by the client: sends a close frame and receives late results until the service
   * sends its own or the farewell time is over. Reports the end as {@code Closed}.
   */
  void leave() {
    ResultsConnection connection;
    synchronized (this) {
      connection = current;
      if (connection != null) {
        cancel =
            settings
                .scheduler()
                .after(settings.timeouts().farewell(), () -> end.accept(new V02StreamEnd.Closed()));
      }
    }
    if (connection == null) {
      end.accept(new V02StreamEnd.Closed());
    } else if (!connection.startClose()) {
      end.accept(new V02StreamEnd.Closed());
    }
  }

  private void connect() {
    URI uri = settings.baseUrl().webSocket(path);
    WebSocket.Builder builder =
        http.newWebSocketBuilder()
            .connectTimeout(settings.timeouts().connect())
            .header("Authorization", "Bearer " + settings.key().reveal())
            .header("User-Agent", OvershootV02.USER_AGENT);
    cookies
        .header(settings.baseUrl().http(path))
        .ifPresent(cookie -> builder.header("Cookie", cookie));
    ResultsConnection connection = new ResultsConnection(settings, delivery, this::closed);
    synchronized (this) {
      if (stopped || leaving) {
        return;
      }
      current = connection;
      opened = settings.clock().now();
    }
    Duration patience = settings.timeouts().request();
    CompletableFuture<WebSocket> pending = builder.buildAsync(uri, connection);
    try {
      WebSocket socket = pending.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      opened(connection, socket);
    } catch (ExecutionException e) {
      refused(connection, Optional.ofNullable(e.getCause()).orElse(e), patience);
    } catch (TimeoutException e) {
      // The handshake may still succeed: then the connection is cut at once.
      var _ = pending.thenAccept(WebSocket::abort);
      refused(connection, e, patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      var _ = pending.thenAccept(WebSocket::abort);
    }
  }

  private void opened(ResultsConnection connection, WebSocket socket) {
    int attempts;
    synchronized (this) {
      if (stopped || leaving) {
        socket.abort();
        return;
      }
      opened = settings.clock().now();
      attempts = attempt;
    }
    tally.connections.increment();
    LOG.debug("Stream {}: results socket open", streamId);
    delivery.notice(to -> to.onConnected(attempts));
    connection.begin(socket);
  }

  private void refused(ResultsConnection connection, Throwable cause, Duration patience) {
    synchronized (this) {
      if (current != connection) {
        return;
      }
      current = null;
    }
    if (cause instanceof WebSocketHandshakeException handshake
        && handshake.getResponse().statusCode() != 101) {
      OvershootException error =
          failures.of(
              "GET", new CallResponse(path, handshake.getResponse().statusCode(), /* body= */ ""));
      if (!error.retryable()) {
        tell(new V02StreamEnd.Failed(error));
        return;
      }
      again(error);
    } else {
      again(failures.of(cause, patience));
    }
  }

  private void closed(ResultsConnection connection, int code, String reason) {
    synchronized (this) {
      if (current != connection) {
        return;
      }
      current = null;
      boolean steady = Duration.between(opened, settings.clock().now()).compareTo(STEADY) >= 0;
      if (connection.hasReceivedMessage() || steady) {
        attempt = 0;
      }
      if (leaving) {
        cancel.run();
      }
    }
    String said = failures.clean(reason);
    if (isLeaving()) {
      tell(new V02StreamEnd.Closed());
    } else if (code == UNAUTHORIZED) {
      String why = said.isEmpty() ? "" : " (" + said + ")";
      tell(
          new V02StreamEnd.Failed(
              failures.unauthorized("the API key on the results socket" + why, Origin.NONE)));
    } else if (code == GOING_AWAY && !said.isEmpty()) {
      tell(new V02StreamEnd.Ended(StopReason.read(said), "Overshoot.ai: " + said));
    } else {
      String why = said.isEmpty() ? "" : ", " + said;
      again(
          failures.unreachable(
              "lost the results socket (code " + code + why + ")", Optional.empty()));
    }
  }

  private void again(OvershootException cause) {
    Duration wait;
    synchronized (this) {
      if (stopped || leaving) {
        return;
      }
      attempt++;
      if (attempt <= settings.backoff().attempts()) {
        wait = settings.backoff().before(attempt);
        cancel = settings.scheduler().after(wait, this::connect);
      } else {
        wait = Duration.ZERO;
      }
    }
    if (wait.isZero()) {
      tell(new V02StreamEnd.Failed(cause));
      return;
    }
    LOG.warn("Stream {}: reconnecting in {} ms: {}", streamId, wait.toMillis(), cause.getMessage());
    String why = String.valueOf(cause.getMessage());
    delivery.notice(to -> to.onDisconnected(why, wait));
  }

  private void tell(V02StreamEnd how) {
    end.accept(how);
  }

  private synchronized boolean isLeaving() {
    return leaving;
  }
}
