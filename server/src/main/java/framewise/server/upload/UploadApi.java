package framewise.server.upload;

import framewise.engine.RefusedException;
import framewise.engine.session.Session;
import framewise.engine.session.Sessions;
import framewise.engine.session.VideoJson;
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
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.MultiPart;

/** {@code POST /upload-video}: a form's video becomes a session. */
public final class UploadApi {
  /** What a form may hold beside the video. */
  private static final int FORM_OVERHEAD = 64 << 10;

  /**
   * How long the rest of a refused upload is read and thrown away. A connection that is closed with
   * unread bytes is reset, and browsers then show "network error" instead of the answer.
   */
  private static final Duration DRAIN = Duration.ofSeconds(5);

  /** Beyond that a connection is just closed: whoever sends nothing must not hold it. */
  private static final FairShare DRAINS = new FairShare(16);

  private static final int DRAIN_BUFFER = 8 << 10;
  private static final String RETRY_SECONDS = "5";

  private final Sessions sessions;
  private final SessionGrants grants;
  private final PlatformThreads threads;
  private final FairShare places;
  private final ByteSize limit;

  /**
   * @param grants who may see the sessions that uploads become
   * @param threads on which videos are looked at
   * @param places one for each upload at a time
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
    String boundary;
    try {
      boundary = boundary(Optional.ofNullable(context.contentType()));
    } catch (ProblemException e) {
      refuse(context, e.problem());
      return;
    }
    Optional<FairShare.Place> place = places.take(ClientAddress.of(context.req().getRemoteAddr()));
    if (place.isEmpty()) {
      context.header("Retry-After", RETRY_SECONDS);
      refuse(context, full());
      return;
    }
    try (FairShare.Place _ = place.get()) {
      Session session = receive(context, boundary);
      grants.made(session.id(), Caller.of(context));
      sessions.warmUp();
      answer(context, session);
    } catch (RefusedException e) {
      refuse(context, Problem.of(e.refusal()));
    } catch (ProblemException e) {
      refuse(context, e.problem());
    }
  }

  /** The original's four fields, then what is known of the video. */
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
      throw FilePart.tooLarge(limit);
    }
    sessions.disk().requireRoomFor(Math.max(0, announced));
    Path file = sessions.newUpload();
    try {
      Upload upload = Upload.receive(context.req().getInputStream(), boundary, file, limit);
      return threads.call(() -> sessions.add(file, upload.filename()));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static String boundary(Optional<String> contentType) {
    String type = contentType.orElse("nothing");
    String boundary = MultiPart.extractBoundary(type);
    if (!MediaType.base(type).equals("multipart/form-data") || boundary == null) {
      throw Problem.of(
              HttpStatus.UNSUPPORTED_MEDIA_TYPE_415,
              "unsupported_media_type",
              "The body is %s but must be a form: send the video as multipart/form-data, in a part called file."
                  .formatted(MediaType.base(type)))
          .asException();
    }
    return boundary;
  }

  private static Problem full() {
    return Problem.of(
        HttpStatus.SERVICE_UNAVAILABLE_503,
        "too_many_uploads",
        "Too many uploads are under way. Try again once one of them is done.");
  }

  private static void refuse(Context context, Problem problem) throws IOException {
    context.header("Connection", "close");
    Reply.problemNow(context, problem);
    // Who asked first whether to send has not sent anything.
    if (context.header("Expect") != null) {
      return;
    }
    Optional<FairShare.Place> place = DRAINS.take(ClientAddress.of(context.req().getRemoteAddr()));
    if (place.isPresent()) {
      try (FairShare.Place _ = place.get()) {
        drain(context.req().getInputStream());
      }
    }
  }

  private static void drain(InputStream rest) throws IOException {
    byte[] buffer = new byte[DRAIN_BUFFER];
    long end = System.nanoTime() + DRAIN.toNanos();
    while (System.nanoTime() < end && rest.read(buffer) >= 0) {
      // thrown away
    }
  }
}
