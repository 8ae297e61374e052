package framewise.server.delivery;

import framewise.engine.Refusal;
import framewise.engine.RefusedException;
import framewise.engine.SessionId;
import framewise.engine.notice.Notices;
import framewise.server.access.AccessControl;
import framewise.server.access.Caller;
import framewise.server.access.RecheckedPermission;
import framewise.server.http.LongAnswers;
import framewise.server.http.Query;
import framewise.server.http.Route;
import framewise.server.http.RouteAccess;
import framewise.server.http.Socket;
import framewise.time.Stopwatch;
import io.javalin.http.Context;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.eclipse.jetty.websocket.api.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /events} and {@code WS /events}: incidents and the status of all sessions that the
 * caller may see, in one stream. Each message has the number of its notice, from which a client
 * resumes.
 */
final class NoticeStream {
  static final String PATH = "/events";

  private static final int BAD_REQUEST = 4400;
  private static final int SIGNED_OUT = 4401;
  private static final int BROKEN = 1011;
  private static final long RETRY_MILLIS = 1_000;
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(NoticeStream.class);

  private final Notices notices;
  private final AccessControl access;
  private final LongAnswers answers;
  private final Duration heartbeat;
  private final Duration patience;
  private final Map<String, Thread> senders = new ConcurrentHashMap<>();

  /**
   * @param heartbeat interval of keep-alives on a quiet connection
   * @param patience maximum time for a client of the socket to read one message
   */
  NoticeStream(
      Notices notices,
      AccessControl access,
      LongAnswers answers,
      Duration heartbeat,
      Duration patience) {
    this.notices = notices;
    this.access = access;
    this.answers = answers;
    this.heartbeat = heartbeat;
    this.patience = patience;
  }

  Route route() {
    return Route.get(PATH, RouteAccess.SHOWN, this::stream);
  }

  Socket socket() {
    return new Socket(PATH, RouteAccess.SHOWN, this::accept);
  }

  private void stream(Context context) throws IOException, InterruptedException {
    Optional<String> since =
        Optional.ofNullable(context.header("Last-Event-ID"))
            .or(() -> Optional.ofNullable(context.queryParam("since")));
    boolean follow =
        Query.flag("follow", Optional.ofNullable(context.queryParam("follow"))).orElse(true);
    Caller caller = Caller.of(context);
    var feed = new NoticeFeed(notices, place(since), sees(caller));
    BooleanSupplier signedIn = signedIn(caller);
    HttpServletResponse response = context.res();
    response.setContentType("text/event-stream");
    response.setCharacterEncoding("UTF-8");
    response.setHeader("Cache-Control", "no-cache");
    response.setHeader("X-Accel-Buffering", "no"); // nginx would hold events back
    if (!context.req().getMethod().equals("HEAD")) {
      answers.send(() -> send(feed, follow, signedIn, response));
    }
  }

  private void send(
      NoticeFeed feed, boolean follow, BooleanSupplier signedIn, HttpServletResponse response)
      throws IOException, InterruptedException {
    send(response, "retry: " + RETRY_MILLIS + "\n\n");
    Stopwatch quiet = Stopwatch.start();
    while (signedIn.getAsBoolean()) {
      Optional<NoticeFeed.Message> message = feed.next(follow ? POLL_INTERVAL : Duration.ZERO);
      if (message.isPresent()) {
        send(
            response,
            "id: %d\ndata: %s\n\n".formatted(message.get().number(), message.get().json()));
        quiet.restart();
      } else if (!follow) {
        return;
      } else if (quiet.exceeds(heartbeat)) {
        send(response, ": alive\n\n");
        quiet.restart();
      }
    }
  }

  /** Blocks while the client does not read, until the server's idle timeout. */
  private static void send(HttpServletResponse response, String text) throws IOException {
    response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    response.flushBuffer();
  }

  private void accept(WsConfig socket) {
    socket.onConnect(this::open);
    socket.onClose(this::disconnected);
    socket.onError(this::disconnected);
  }

  private void open(WsContext socket) {
    long since;
    try {
      since = place(Optional.ofNullable(socket.queryParam("since")));
    } catch (RefusedException e) {
      socket.closeSession(BAD_REQUEST, "since is not the number of a notice.");
      return;
    }
    Caller caller = Caller.of(socket);
    var feed = new NoticeFeed(notices, since, sees(caller));
    BooleanSupplier signedIn = signedIn(caller);
    Thread sender =
        Thread.ofVirtual()
            .name("socket of all events")
            .unstarted(() -> send(socket, feed, signedIn));
    senders.put(socket.sessionId(), sender);
    sender.start();
  }

  private void disconnected(WsContext socket) {
    Thread sender = senders.remove(socket.sessionId());
    if (sender != null) {
      sender.interrupt();
    }
  }

  private void send(WsContext socket, NoticeFeed feed, BooleanSupplier signedIn) {
    try {
      Stopwatch quiet = Stopwatch.start();
      while (signedIn.getAsBoolean()) {
        Optional<NoticeFeed.Message> message = feed.next(POLL_INTERVAL);
        if (message.isPresent()) {
          String text = message.get().json();
          await(Callback.Completable.with(done -> socket.session.sendText(text, done)));
          quiet.restart();
        } else if (quiet.exceeds(heartbeat)) {
          await(
              Callback.Completable.with(
                  done -> socket.session.sendPing(ByteBuffer.allocate(0), done)));
          quiet.restart();
        }
      }
      socket.closeSession(SIGNED_OUT, "Signed out.");
    } catch (InterruptedException | ExecutionException closed) {
      LOG.debug("a client of all events disconnected");
    } catch (TimeoutException slow) {
      LOG.info(
          "disconnecting a client of all events, which has read nothing for {} s",
          patience.toSeconds());
      socket.session.disconnect();
    } catch (RuntimeException e) {
      LOG.error("a WebSocket of all notices failed", e);
      socket.closeSession(BROKEN, "Internal error.");
    } finally {
      senders.remove(socket.sessionId());
    }
  }

  private void await(Callback.Completable sent)
      throws InterruptedException, ExecutionException, TimeoutException {
    sent.get(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  private long place(Optional<String> since) {
    long last = notices.last();
    long place = Query.number("since", since, 0, Long.MAX_VALUE).orElse(last);
    if (place > last) {
      throw Refusal.field("since", "since is %d but the newest notice is %d".formatted(place, last))
          .asException();
    }
    return place;
  }

  private Predicate<Optional<SessionId>> sees(Caller caller) {
    return session ->
        session.map(id -> access.grants().sees(caller, id)).orElseGet(caller::ownsAll);
  }

  private BooleanSupplier signedIn(Caller caller) {
    return new RecheckedPermission(() -> access.stillExists(caller));
  }
}
