package framewise.server.overshoot;

import com.fasterxml.jackson.core.JsonProcessingException;
import framewise.engine.result.LoggedEvent;
import framewise.engine.result.Tap;
import framewise.overshoot.wire.SocketHello;
import framewise.overshoot.wire.StopReason;
import framewise.overshoot.wire.WireJson;
import framewise.server.access.Caller;
import framewise.server.access.Keys;
import framewise.server.access.RecheckedPermission;
import framewise.server.access.secret.KeyHash;
import framewise.server.limits.ClientAddress;
import framewise.server.limits.FairShare;
import framewise.time.Stopwatch;
import framewise.time.WallClock;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.eclipse.jetty.websocket.api.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code WS /ws/streams/{id}}: the client's first message is its key, everything after it is
 * results from the service. Each connection has a virtual thread and one message in flight.
 *
 * <p>Sends nothing but results: some clients display every message as a result.
 */
final class ResultsEndpoint implements Consumer<WsConfig> {
  /** RFC 6455, 7.4.1. */
  static final int GOING_AWAY = 1001;

  static final int POLICY = 1008;
  static final int TRY_LATER = 1013;

  private static final int BROKEN = 1011;

  /** Never sent: it stands for a connection that ended without a close frame. */
  private static final int CUT = 1006;

  private static final int MAX_HELLO_LENGTH = 8 << 10;
  private static final int MAX_WAITING = 256;
  private static final Duration PING = Duration.ofSeconds(20);

  /** Interval between checks whether the key is still accepted. */
  private static final Duration PERMISSION_INTERVAL = Duration.ofSeconds(1);

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /**
   * Delay for clients that take their socket's end for an error if it precedes the response to
   * their close call.
   */
  private static final Duration AFTER_ANSWER = Duration.ofMillis(200);

  private static final Logger LOG = LoggerFactory.getLogger(ResultsEndpoint.class);

  private final HostedStreams streams;
  private final Keys keys;
  private final BiPredicate<String, Caller> permission;
  private final WallClock clock;
  private final Duration helloPatience;
  private final Map<String, Connection> connections = new ConcurrentHashMap<>();
  private final FairShare waiting = new FairShare(MAX_WAITING);

  /** One client's connection. */
  private record Connection(
      Thread sender, CompletableFuture<String> hello, AtomicBoolean farewell) {}

  /** Admitted client. */
  private record Guest(HostedStream stream, RecheckedPermission permission) {}

  /**
   * @param permission whether an accepted key is still accepted
   * @param helloPatience maximum time for a client to send its key
   */
  ResultsEndpoint(
      HostedStreams streams,
      Keys keys,
      BiPredicate<String, Caller> permission,
      WallClock clock,
      Duration helloPatience) {
    this.streams = streams;
    this.keys = keys;
    this.permission = permission;
    this.clock = clock;
    this.helloPatience = helloPatience;
  }

  @Override
  public void accept(WsConfig socket) {
    socket.onConnect(this::open);
    socket.onMessage(message -> hello(message.sessionId(), message.message()));
    socket.onBinaryMessage(message -> hello(message.sessionId(), ""));
    socket.onClose(close -> disconnected(close, close.status() != CUT));
    socket.onError(error -> disconnected(error, false));
  }

  /** Number of connected clients. */
  int connections() {
    return connections.size();
  }

  private void open(WsContext socket) {
    socket.session.setMaxTextMessageSize(MAX_HELLO_LENGTH);
    socket.session.setMaxBinaryMessageSize(MAX_HELLO_LENGTH);
    Optional<FairShare.FairPlace> place =
        waiting.take(ClientAddress.of(Caller.of(socket).address()));
    if (place.isEmpty()) {
      socket.closeSession(
          TRY_LATER, "too many connections have not sent their key yet, try again later");
      return;
    }
    var hello = new CompletableFuture<String>();
    var farewell = new AtomicBoolean();
    Thread sender =
        Thread.ofVirtual()
            .name("results-socket")
            .unstarted(() -> serve(socket, hello, farewell, place.get()));
    connections.put(socket.sessionId(), new Connection(sender, hello, farewell));
    sender.start();
  }

  private void hello(String connection, String text) {
    Connection known = connections.get(connection);
    if (known != null) {
      // Ignores later messages: clients have none to send.
      known.hello().complete(text);
    }
  }

  /**
   * @param farewell whether the client closed it, rather than lost its connection
   */
  private void disconnected(WsContext socket, boolean farewell) {
    Connection known = connections.remove(socket.sessionId());
    if (known != null) {
      known.farewell().set(farewell);
      known.sender().interrupt();
    }
  }

  private void serve(
      WsContext socket,
      CompletableFuture<String> hello,
      AtomicBoolean farewell,
      FairShare.FairPlace place) {
    String id = socket.pathParam(StreamPath.PARAMETER);
    try (place) {
      Optional<Guest> guest = admit(socket, id, hello);
      place.close();
      if (guest.isPresent()) {
        HostedStream stream = guest.get().stream();
        stream.joined();
        try {
          send(socket, stream, guest.get().permission());
        } finally {
          stream.parted(farewell.get());
        }
      }
    } catch (InterruptedException | ExecutionException closed) {
      LOG.debug("a client of stream {} disconnected", StreamPath.shown(id));
    } catch (TimeoutException slow) {
      LOG.info(
          "disconnecting a client of stream {}, which has read nothing for {} s",
          StreamPath.shown(id),
          TIMEOUT.toSeconds());
      socket.session.disconnect();
    } catch (RuntimeException e) {
      LOG.error("stream {}: a WebSocket failed", StreamPath.shown(id), e);
      socket.closeSession(BROKEN, "internal error");
    } finally {
      connections.remove(socket.sessionId());
    }
  }

  /** Waits for the key; a refused client gets the reason and no results. */
  private Optional<Guest> admit(WsContext socket, String id, CompletableFuture<String> hello)
      throws InterruptedException, ExecutionException {
    String text;
    try {
      text = hello.get(helloPatience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      socket.closeSession(
          POLICY,
          "the client sent no API key within %d seconds".formatted(helloPatience.toSeconds()));
      return Optional.empty();
    }
    Caller caller = Caller.of(socket);
    Optional<String> shown = key(text);
    Optional<KeyHash> key = shown.flatMap(one -> keys.check(one, caller));
    if (key.isEmpty()) {
      socket.closeSession(
          POLICY, "this API key is not accepted: the first message is {\"api_key\": \"KEY\"}");
      return Optional.empty();
    }
    Optional<HostedStream> stream = streams.find(id, key.get());
    if (stream.isEmpty()) {
      socket.closeSession(POLICY, "there is no such stream for this key, or it has ended");
    }
    String accepted = shown.orElseThrow();
    return stream.map(
        found ->
            new Guest(found, new RecheckedPermission(() -> permission.test(accepted, caller))));
  }

  private static Optional<String> key(String text) {
    try {
      return Optional.ofNullable(WireJson.mapper().readValue(text, SocketHello.class))
          .map(hello -> hello.apiKey().reveal());
    } catch (JsonProcessingException noHello) {
      return Optional.empty();
    }
  }

  private void send(WsContext socket, HostedStream stream, RecheckedPermission permitted)
      throws InterruptedException, ExecutionException, TimeoutException {
    Tap tap = stream.session().log().tap(stream.delivered().get());
    Stopwatch pinged = clock.stopwatch();
    while (!tap.isOver() && stream.session().isOwned()) {
      Optional<LoggedEvent> event = tap.next(PERMISSION_INTERVAL);
      if (!permitted.getAsBoolean()) {
        socket.closeSession(POLICY, "this API key is no longer accepted");
        return;
      }
      if (event.isPresent()) {
        Optional<String> message = ResultMessage.of(event.get(), stream);
        if (message.isPresent()) {
          await(Callback.Completable.with(done -> socket.session.sendText(message.get(), done)));
        }
        stream.delivered().accumulateAndGet(event.get().seq(), Math::max);
      } else if (!tap.isOver() && pinged.exceeds(PING)) {
        pinged.restart();
        await(
            Callback.Completable.with(
                done -> socket.session.sendPing(ByteBuffer.allocate(0), done)));
      }
    }
    StopReason reason = stream.ended().orElse(StopReason.CLIENT_REQUESTED);
    clock.sleep(AFTER_ANSWER);
    socket.closeSession(GOING_AWAY, reason.closeText());
  }

  private static void await(Callback.Completable sent)
      throws InterruptedException, ExecutionException, TimeoutException {
    sent.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
  }
}
