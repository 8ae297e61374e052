package framewise.server.api;

import framewise.engine.SessionId;
import framewise.engine.files.StoredFile;
import framewise.engine.session.Session;
import framewise.engine.session.Sessions;
import framewise.engine.session.view.SessionView;
import framewise.media.VideoInfo;
import framewise.server.access.Caller;
import framewise.server.access.RecheckedPermission;
import framewise.server.http.Problem;
import framewise.server.http.file.FileName;
import framewise.server.http.file.FileReply;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.function.BiPredicate;
import org.eclipse.jetty.http.HttpStatus;

/** Download of a session's uploaded video. */
public final class VideoApi {
  private final Sessions sessions;
  private final BiPredicate<Caller, SessionId> permission;

  /**
   * @param permission whether a caller may still see a session
   */
  public VideoApi(Sessions sessions, BiPredicate<Caller, SessionId> permission) {
    this.sessions = sessions;
    this.permission = permission;
  }

  public void video(Context context) throws IOException {
    Session session = SessionPath.session(sessions, context);
    SessionView view = session.view();
    StoredFile file =
        session
            .file()
            .orElseThrow(
                () ->
                    Problem.of(
                            HttpStatus.NOT_FOUND_404,
                            "no_video",
                            "This session's video was live, so there is no file.")
                        .asException());
    if (!file.exists()) {
      throw Problem.of(
              HttpStatus.GONE_410,
              "video_missing",
              "This session's video was deleted from the data folder. Its results are still there.")
          .asException();
    }
    String container = view.video().map(VideoInfo::container).orElse("");
    context.header("Content-Disposition", FileName.disposition("inline", view.filename()));
    Caller caller = Caller.of(context);
    FileReply.send(
        context,
        file,
        contentType(container),
        "\"" + view.id() + "\"",
        new RecheckedPermission(() -> permission.test(caller, view.id())));
  }

  private static String contentType(String container) {
    return switch (container) {
      case "mp4" -> "video/mp4";
      case "mov" -> "video/quicktime";
      case "webm" -> "video/webm";
      case "mkv" -> "video/x-matroska";
      case "avi" -> "video/x-msvideo";
      default -> "application/octet-stream";
    };
  }
}
