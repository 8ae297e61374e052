package framewise.server.upload;

import framewise.engine.bundle.Bundle;
import framewise.engine.bundle.BundleWriter;
import framewise.engine.session.Session;
import framewise.engine.session.Sessions;
import framewise.server.access.Caller;
import framewise.server.access.SessionGrants;
import framewise.server.api.SessionJson;
import framewise.server.api.SessionPath;
import framewise.server.config.ByteSize;
import framewise.server.http.PlatformThreads;
import framewise.server.http.Problem;
import framewise.server.http.ProblemException;
import framewise.server.http.Reply;
import framewise.server.http.Route;
import framewise.server.http.RouteAccess;
import framewise.server.limits.ClientAddress;
import framewise.server.limits.FairShare;
import framewise.server.limits.WaitingClient;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http.HttpStatus;

/** Bundles: one session in one file, to download and to open. */
public final class BundleApi {
  /** The content may be this many times as large as the file: events compress well. */
  private static final int EXPANSION = 4;

  private static final String BUNDLE = "bundle";
  private static final int MAX_CONCURRENT_DOWNLOADS = 4;
  private static final int MAX_CONCURRENT_IMPORTS = 2;
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final Sessions sessions;
  private final SessionGrants grants;
  private final PlatformThreads threads;
  private final FairShare uploads;
  private final FairShare downloads = new FairShare(MAX_CONCURRENT_DOWNLOADS);
  private final Semaphore opening = new Semaphore(MAX_CONCURRENT_IMPORTS);

  /** Callers whose bundle is being opened; each may open one at a time. */
  private final Set<Object> openers = ConcurrentHashMap.newKeySet();

  private final ByteSize limit;

  /**
   * @param grants owners of the new sessions
   * @param threads check bundles
   * @param uploads one place for each concurrent upload, also of videos
   * @param limit maximum size of a bundle, and of its video
   */
  public BundleApi(
      Sessions sessions,
      SessionGrants grants,
      PlatformThreads threads,
      FairShare uploads,
      ByteSize limit) {
    this.sessions = sessions;
    this.grants = grants;
    this.threads = threads;
    this.uploads = uploads;
    this.limit = limit;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/sessions/{session_id}/bundle.zip", RouteAccess.OPERATOR, this::download),
        Route.post("/sessions/bundle", RouteAccess.OPERATOR, this::open));
  }

  private void download(Context context) throws IOException, InterruptedException {
    Session session = SessionPath.session(sessions, context);
    Optional<FairShare.FairPlace> place = downloads.take(ClientAddress.of(context));
    if (place.isEmpty()) {
      throw Problem.of(
              HttpStatus.SERVICE_UNAVAILABLE_503,
              "busy",
              "Too many bundles are being written. Try again in a few seconds.")
          .retryAfter(RETRY)
          .asException();
    }
    try (FairShare.FairPlace _ = place.get()) {
      BundleWriter writer = sessions.bundle(session);
      context.contentType("application/zip");
      context.header("Content-Disposition", "attachment; filename=\"" + session.id() + ".zip\"");
      context.header("Cache-Control", "private, no-store");
      try (OutputStream out = context.res().getOutputStream()) {
        writer.write(out);
      }
    }
  }

  private void open(Context context) throws IOException, InterruptedException {
    String boundary = UploadApi.boundary(Optional.ofNullable(context.contentType()), BUNDLE);
    Optional<FairShare.FairPlace> place = uploads.take(ClientAddress.of(context));
    if (place.isEmpty()) {
      throw UploadApi.full();
    }
    try (FairShare.FairPlace _ = place.get()) {
      Session session = receive(context, boundary);
      grants.made(session.id(), Caller.of(context));
      context.status(HttpStatus.CREATED_201);
      context.header("Location", "/sessions/" + session.id());
      Reply.json(context, new SessionJson(sessions).write(session.view(), true));
    }
  }

  private Session receive(Context context, String boundary)
      throws IOException, InterruptedException {
    long announced = context.req().getContentLengthLong();
    if (announced - UploadApi.FORM_OVERHEAD > limit.bytes()) {
      throw FilePart.tooLarge(limit, BUNDLE);
    }
    sessions.disk().requireRoomFor(Math.max(0, announced));
    Path file = sessions.newUpload();
    try {
      Upload _ = Upload.receive(context.req().getInputStream(), boundary, file, limit, BUNDLE);
      return inTurn(context, file);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /**
   * Opens the bundle, unless one of the same caller is being opened, or the maximum number of them.
   */
  private Session inTurn(Context context, Path file) throws IOException, InterruptedException {
    Object caller = Caller.of(context).whom();
    if (!openers.add(caller)) {
      throw full("You are already opening another bundle. Try again when it is open");
    }
    try {
      if (!opening.tryAcquire()) {
        throw full(
            "%d bundles are being opened, which is the limit. Try again in a few seconds"
                .formatted(MAX_CONCURRENT_IMPORTS));
      }
      var client = WaitingClient.of(context.req());
      try {
        return threads.call(caller, () -> opened(file, client));
      } finally {
        opening.release();
        if (client.hasSentMore()) {
          context.header("Connection", "close");
        }
      }
    } finally {
      openers.remove(caller);
    }
  }

  private static ProblemException full(String why) {
    return Problem.of(HttpStatus.TOO_MANY_REQUESTS_429, "too_many_bundles", why + ".")
        .retryAfter(RETRY)
        .asException();
  }

  private Session opened(Path file, WaitingClient client) throws IOException {
    // The bundle is read twice: first to check it, then to store it.
    try (Bundle bundle = Bundle.open(file, EXPANSION * limit.bytes(), client::isGone)) {
      return sessions.open(bundle, limit.bytes());
    }
  }
}
