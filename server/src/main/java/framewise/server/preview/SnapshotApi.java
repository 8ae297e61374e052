package framewise.server.preview;

import framewise.engine.session.Session;
import framewise.engine.session.Sessions;
import framewise.engine.source.Pictures;
import framewise.media.picture.Frame;
import framewise.server.access.Caller;
import framewise.server.api.SessionPath;
import framewise.server.http.PlatformThreads;
import framewise.server.http.Query;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** {@code GET /sessions/{session_id}/snapshot.jpg}: the newest picture. */
public final class SnapshotApi {
  private static final int MIN_WIDTH = 16;
  private static final int MAX_WIDTH = 4096;
  private static final int QUALITY = 85;

  /** RFC 9110 section 5.6.7, which requires two digits for the day. */
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Sessions sessions;
  private final PlatformThreads threads;

  /**
   * @param threads encode pictures
   */
  public SnapshotApi(Sessions sessions, PlatformThreads threads) {
    this.sessions = sessions;
    this.threads = threads;
  }

  public void snapshot(Context context) throws IOException, InterruptedException {
    Session session = SessionPath.session(sessions, context);
    int width =
        (int)
            Query.number(
                    "width", Optional.ofNullable(context.queryParam("width")), MIN_WIDTH, MAX_WIDTH)
                .orElse(MAX_WIDTH);
    boolean _ = threads.call(Caller.of(context).whom(), () -> answer(context, session, width));
  }

  private static boolean answer(Context context, Session session, int most)
      throws InterruptedException {
    try (Pictures.NumberedPicture seen = session.preview().newest()) {
      context.contentType("image/jpeg");
      context.header("Cache-Control", "no-store");
      context.header("Last-Modified", HTTP_DATE.format(seen.at()));
      if (!context.req().getMethod().equals("HEAD")) {
        context.result(jpeg(seen.frame(), most));
      }
      return true;
    }
  }

  private static byte[] jpeg(Frame picture, int most) {
    int width = Math.min(most, picture.width());
    double height = (double) picture.height() * width / picture.width();
    return picture.jpeg(width, (int) Math.max(1, Math.round(height)), QUALITY);
  }
}
