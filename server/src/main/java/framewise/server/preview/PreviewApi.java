package framewise.server.preview;

import static java.nio.charset.StandardCharsets.US_ASCII;

import framewise.engine.SessionId;
import framewise.engine.preview.Jpeg;
import framewise.engine.preview.Preview;
import framewise.engine.preview.PreviewViewer;
import framewise.engine.session.Session;
import framewise.engine.session.Sessions;
import framewise.server.access.Caller;
import framewise.server.access.RecheckedPermission;
import framewise.server.api.SessionPath;
import framewise.server.http.LongAnswers;
import framewise.server.http.PlatformThreads;
import framewise.server.http.Query;
import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;

/**
 * {@code GET /sessions/{session_id}/preview}: a stream of JPEGs in one response, as web cameras
 * send them and browsers display them in an {@code <img>}. A slow reader gets fewer.
 */
public final class PreviewApi {
  private static final String BOUNDARY = "picture";

  private final Sessions sessions;
  private final BiPredicate<Caller, SessionId> permission;
  private final PlatformThreads threads;
  private final LongAnswers answers;
  private final Duration heartbeat;

  /**
   * @param permission whether a caller may still see a session
   * @param threads read pictures
   * @param heartbeat interval at which an unchanged picture is sent again, to detect that the
   *     client is gone
   */
  public PreviewApi(
      Sessions sessions,
      BiPredicate<Caller, SessionId> permission,
      PlatformThreads threads,
      LongAnswers answers,
      Duration heartbeat) {
    this.sessions = sessions;
    this.permission = permission;
    this.threads = threads;
    this.answers = answers;
    this.heartbeat = heartbeat;
  }

  public void stream(Context context) throws IOException, InterruptedException {
    Session session = SessionPath.session(sessions, context);
    Optional<String> asked = Optional.ofNullable(context.queryParam("fps"));
    int fps =
        (int)
            Query.number("fps", asked, Preview.MIN_FPS, Preview.MAX_FPS)
                .orElse(Preview.DEFAULT_FPS);
    String holder = Caller.of(context).holder();
    try (PreviewViewer watcher = threads.call(() -> session.preview().watch(fps, holder))) {
      HttpServletResponse response = context.res();
      response.setContentType("multipart/x-mixed-replace; boundary=" + BOUNDARY);
      response.setHeader("Cache-Control", "no-store");
      response.setHeader("X-Accel-Buffering", "no"); // nginx would hold pictures back
      if (!context.req().getMethod().equals("HEAD")) {
        SendBuffer.keepShort(context.req());
        Caller caller = Caller.of(context);
        var permitted = new RecheckedPermission(() -> permission.test(caller, session.id()));
        answers.send(() -> send(watcher, permitted, response));
      }
    }
  }

  /** Blocks while the client does not read, until the server's idle timeout. */
  private void send(PreviewViewer watcher, BooleanSupplier permitted, HttpServletResponse response)
      throws IOException, InterruptedException {
    ServletOutputStream out = response.getOutputStream();
    out.write(("--" + BOUNDARY + "\r\n").getBytes(US_ASCII));
    Optional<Jpeg> picture = Optional.empty();
    while (!watcher.isOver() && permitted.getAsBoolean()) {
      Optional<Jpeg> shown = picture;
      picture = watcher.next(heartbeat).or(() -> shown);
      if (picture.isPresent()) {
        write(out, picture.get().bytes());
        response.flushBuffer();
      }
    }
  }

  /** Appends the boundary: browsers display a picture once they know that it is complete. */
  private static void write(ServletOutputStream out, byte[] jpeg) throws IOException {
    out.write(
        "Content-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n"
            .formatted(jpeg.length)
            .getBytes(US_ASCII));
    out.write(jpeg);
    out.write(("\r\n--" + BOUNDARY + "\r\n").getBytes(US_ASCII));
  }
}
