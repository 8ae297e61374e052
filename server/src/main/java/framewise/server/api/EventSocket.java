package framewise.server.api;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.RefusedException;
import framewise.engine.SessionId;
import framewise.engine.result.Tap;
import framewise.engine.session.Session;
import framewise.engine.session.Sessions;
import framewise.server.access.Caller;
import framewise.server.http.Query;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.eclipse.jetty.websocket.api.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code WS /ws/{session_id}}: a session's events, first the missed ones, then live. Each
 * connection has a virtual thread and one message in flight, so a slow client delays only itself.
 */
public final class EventSocket implements Consumer<WsConfig> {
  /** Path of the socket. */
  public static final String PATH = "/ws/{" + SessionPath.PARAMETER + "}";

  static final int UNKNOWN_SESSION = 4404;
  static final int BAD_REQUEST = 4400;
  static final int SIGNED_OUT = 4401;

  private static final int NORMAL = 1000;
  private static final int BROKEN = 1011;
  private static final Logger LOG = LoggerFactory.getLogger(EventSocket.class);

  private final Sessions sessions;
  private final BiPredicate<Caller, SessionId> permission;
  private final Duration ping;
  private final Duration patience;
  private final Map<String, Thread> senders = new ConcurrentHashMap<>();

  /**
   * @param permission whether a caller may still see a session
   * @param ping interval of keep-alives on a quiet connection
   * @param patience maximum time for a client to read one message
   */
  public EventSocket(
      Sessions sessions,
      BiPredicate<Caller, SessionId> permission,
      Duration ping,
      Duration patience) {
    this.sessions = sessions;
    this.permission = permission;
    this.ping = ping;
    this.patience = patience;
  }

  @Override
  public void accept(WsConfig socket) {
    socket.onConnect(this::open);
    socket.onClose(this::disconnected);
    socket.onError(this::disconnected);
  }

  /** Number of connected clients. */
  public int connections() {
    return senders.size();
  }

  private void open(WsContext socket) {
    try {
      Session session = SessionPath.session(sessions, socket.pathParam(SessionPath.PARAMETER));
      Caller caller = Caller.of(socket);
      var feed =
          new EventFeed(
              session,
              tap(session, socket),
              Optional.ofNullable(socket.queryParam("partial")),
              Optional.ofNullable(socket.queryParam("timings")),
              () -> permission.test(caller, session.id()));
      Thread sender =
          Thread.ofVirtual().name("socket-" + session.id()).unstarted(() -> send(socket, feed));
      senders.put(socket.sessionId(), sender);
      sender.start();
    } catch (RefusedException e) {
      Refusal refusal = e.refusal();
      socket.closeSession(
          refusal.code() == Code.SESSION_NOT_FOUND ? UNKNOWN_SESSION : BAD_REQUEST,
          reason(refusal.detail()));
    }
  }

  private static Tap tap(Session session, WsContext socket) {
    Optional<String> since = Optional.ofNullable(socket.queryParam("since"));
    boolean wait = Query.flag("wait", Optional.ofNullable(socket.queryParam("wait"))).orElse(false);
    return wait
        ? ResumePoint.tapUntilStarted(session.log(), since)
        : ResumePoint.tap(session.log(), since);
  }

  private void disconnected(WsContext socket) {
    Thread sender = senders.remove(socket.sessionId());
    if (sender != null) {
      sender.interrupt();
    }
  }

  private void send(WsContext socket, EventFeed feed) {
    try (feed) {
      while (!feed.isOver()) {
        Optional<EventFeed.Message> message = feed.next(ping);
        if (message.isPresent()) {
          String text = message.get().json();
          await(Callback.Completable.with(done -> socket.session.sendText(text, done)));
        } else if (!feed.isOver()) {
          await(
              Callback.Completable.with(
                  done -> socket.session.sendPing(ByteBuffer.allocate(0), done)));
        }
      }
      if (feed.isRevoked()) {
        socket.closeSession(SIGNED_OUT, "You have signed out, or lost access to this session.");
      } else {
        socket.closeSession(NORMAL, "The session is over.");
      }
    } catch (InterruptedException | ExecutionException closed) {
      LOG.debug("a client of {} disconnected", socket.pathParam(SessionPath.PARAMETER));
    } catch (TimeoutException slow) {
      LOG.info(
          "disconnecting a client of {}, which has read nothing for {} s",
          socket.pathParam(SessionPath.PARAMETER),
          patience.toSeconds());
      socket.session.disconnect();
    } catch (RuntimeException e) {
      LOG.error("session {}: a WebSocket failed", socket.pathParam(SessionPath.PARAMETER), e);
      socket.closeSession(BROKEN, "Internal error.");
    } finally {
      senders.remove(socket.sessionId());
    }
  }

  private void await(Callback.Completable sent)
      throws InterruptedException, ExecutionException, TimeoutException {
    sent.get(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** RFC 6455, 5.5: a close frame contains at most 125 bytes, two of them the code. */
  private static String reason(String detail) {
    String ascii = detail.replaceAll("[^\\x20-\\x7e]", "?");
    return ascii.length() > 120 ? ascii.substring(0, 120) + "..." : ascii;
  }
}
