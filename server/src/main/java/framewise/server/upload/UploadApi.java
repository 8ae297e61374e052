package framewise.server.upload;

import framewise.engine.session.Session;
import framewise.engine.session.Sessions;
import framewise.engine.session.view.VideoJson;
import framewise.server.access.Caller;
import framewise.server.access.SessionGrants;
import framewise.server.config.ByteSize;
import framewise.server.http.MediaType;
import framewise.server.http.PlatformThreads;
import framewise.server.http.Problem;
import framewise.server.http.ProblemException;
import framewise.server.http.Reply;
import framewise.server.limits.ClientAddress;
import framewise.server.limits.FairShare;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.MultiPart;

/** {@code POST /upload-video}: creates a session from a form's video. */
public final class UploadApi {
  /** Allowance for the form around the video, in bytes. */
  static final int FORM_OVERHEAD = 64 << 10;

  private static final String VIDEO = "video";
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final Sessions sessions;
  private final SessionGrants grants;
  private final PlatformThreads threads;
  private final FairShare places;
  private final ByteSize limit;

  /**
   * @param grants owners of the new sessions
   * @param threads inspect videos
   * @param places one for each concurrent upload
   */
  public UploadApi(
      Sessions sessions,
      SessionGrants grants,
      PlatformThreads threads,
      FairShare places,
      ByteSize limit) {
    this.sessions = sessions;
    this.grants = grants;
    this.threads = threads;
    this.places = places;
    this.limit = limit;
  }

  public void upload(Context context) throws IOException, InterruptedException {
    String boundary = boundary(Optional.ofNullable(context.contentType()), VIDEO);
    Optional<FairShare.FairPlace> place = places.take(ClientAddress.of(context));
    if (place.isEmpty()) {
      throw full();
    }
    try (FairShare.FairPlace _ = place.get()) {
      Session session = receive(context, boundary);
      grants.made(session.id(), Caller.of(context));
      sessions.warmUp();
      answer(context, session);
    }
  }

  /** The original API's four fields, then properties of the video. */
  static void answer(Context context, Session session) {
    var view = session.view();
    var json = Reply.object();
    json.put("session_id", view.id().toString());
    json.put("filename", view.filename());
    json.put("status", view.status().wireName());
    json.put("file_size", view.fileSize());
    json.set("video", VideoJson.write(view.video()));
    Reply.json(context, json);
  }

  private Session receive(Context context, String boundary)
      throws IOException, InterruptedException {
    long announced = context.req().getContentLengthLong();
    if (announced - FORM_OVERHEAD > limit.bytes()) {
      throw FilePart.tooLarge(limit, VIDEO);
    }
    sessions.disk().requireRoomFor(Math.max(0, announced));
    Path file = sessions.newUpload();
    try {
      Upload upload = Upload.receive(context.req().getInputStream(), boundary, file, limit, VIDEO);
      return threads.call(Caller.of(context).whom(), () -> sessions.add(file, upload.filename()));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  static String boundary(Optional<String> contentType, String noun) {
    String type = contentType.orElse("nothing");
    String boundary = MultiPart.extractBoundary(type);
    if (!MediaType.base(type).equals("multipart/form-data") || boundary == null) {
      throw Problem.of(
              HttpStatus.UNSUPPORTED_MEDIA_TYPE_415,
              "unsupported_media_type",
              ("The body is %s but must be a form: send the %s as multipart/form-data, in"
                      + " a part named file.")
                  .formatted(MediaType.base(type), noun))
          .asException();
    }
    return boundary;
  }

  static ProblemException full() {
    return Problem.of(
            HttpStatus.SERVICE_UNAVAILABLE_503,
            "too_many_uploads",
            "Too many uploads are running. Try again when one has finished.")
        .retryAfter(RETRY)
        .asException();
  }
}
