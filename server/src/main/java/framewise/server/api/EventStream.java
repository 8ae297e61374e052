package framewise.server.api;

import framewise.engine.SessionId;
import framewise.engine.result.Tap;
import framewise.engine.session.Session;
import framewise.engine.session.Sessions;
import framewise.server.access.Caller;
import framewise.server.http.LongAnswers;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiPredicate;

/**
 * {@code GET /events/{session_id}}: the socket's messages as server-sent events. The id of each is
 * its {@code seq}, so a browser that loses its connection resumes there.
 */
public final class EventStream {
  private static final long RETRY_MILLIS = 1_000;

  private final Sessions sessions;
  private final BiPredicate<Caller, SessionId> permission;
  private final LongAnswers answers;
  private final Duration heartbeat;

  /**
   * @param permission whether a caller may still see a session
   * @param heartbeat interval of keep-alives on a quiet connection
   */
  public EventStream(
      Sessions sessions,
      BiPredicate<Caller, SessionId> permission,
      LongAnswers answers,
      Duration heartbeat) {
    this.sessions = sessions;
    this.permission = permission;
    this.answers = answers;
    this.heartbeat = heartbeat;
  }

  public void stream(Context context) throws IOException, InterruptedException {
    Session session = SessionPath.session(sessions, context);
    Optional<String> lastSeen = Optional.ofNullable(context.header("Last-Event-ID"));
    Tap tap =
        ResumePoint.tap(
            session.log(), lastSeen.or(() -> Optional.ofNullable(context.queryParam("since"))));
    if (lastSeen.isPresent() && tap.isOver()) {
      // The only response after which a browser does not reconnect.
      context.status(204);
      return;
    }
    Caller caller = Caller.of(context);
    var feed =
        new EventFeed(
            session,
            tap,
            Optional.ofNullable(context.queryParam("partial")),
            Optional.ofNullable(context.queryParam("timings")),
            () -> permission.test(caller, session.id()));
    HttpServletResponse response = context.res();
    response.setContentType("text/event-stream");
    response.setCharacterEncoding("UTF-8");
    response.setHeader("Cache-Control", "no-cache");
    response.setHeader("X-Accel-Buffering", "no"); // nginx would hold events back
    if (context.req().getMethod().equals("HEAD")) {
      feed.close();
      return;
    }
    try (feed) {
      answers.send(() -> send(feed, response));
    }
  }

  private void send(EventFeed feed, HttpServletResponse response)
      throws IOException, InterruptedException {
    send(response, "retry: " + RETRY_MILLIS + "\n\n");
    while (!feed.isOver()) {
      Optional<EventFeed.Message> message = feed.next(heartbeat);
      if (message.isPresent()) {
        OptionalLong seq = message.get().seq();
        String id = seq.isPresent() ? "id: " + seq.getAsLong() + "\n" : "";
        send(response, "%sdata: %s\n\n".formatted(id, message.get().json()));
      } else if (!feed.isOver()) {
        send(response, ": alive\n\n");
      }
    }
  }

  /** Blocks while the client does not read, until the server's idle timeout. */
  private static void send(HttpServletResponse response, String text) throws IOException {
    response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    response.flushBuffer();
  }
}
