package framewise.server.service;

import framewise.engine.WallClock;
import framewise.engine.session.SessionOptions;
import framewise.engine.session.Sessions;
import framewise.server.api.Api;
import framewise.server.api.EventSocket;
import framewise.server.api.HealthApi;
import framewise.server.api.SessionsApi;
import framewise.server.api.StreamApi;
import framewise.server.config.Settings;
import framewise.server.http.PlatformThreads;
import framewise.server.http.Route;
import framewise.server.http.Site;
import framewise.server.http.SiteHandler;
import framewise.server.upload.UploadApi;
import framewise.vision.Backend;
import framewise.vision.Backends;
import io.javalin.Javalin;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole service: everything is made here, and handed what it needs. */
public final class Service implements AutoCloseable {
  private static final Duration PING = Duration.ofSeconds(20);
  private static final Duration SOCKET_PATIENCE = Duration.ofSeconds(30);
  private static final Logger LOG = LoggerFactory.getLogger(Service.class);

  private final Settings settings;
  private final Sessions sessions;
  private final PlatformThreads threads;
  private final Javalin server;

  /**
   * Opens the data folder and makes the service; sessions that were streaming go on.
   *
   * @param builtin what answers without any service or key
   */
  public Service(Settings settings, Backend builtin, WallClock clock) {
    Backends backends = AllBackends.of(settings, builtin);
    this.settings = settings;
    this.threads = new PlatformThreads(Runtime.getRuntime().availableProcessors());
    this.sessions =
        Sessions.open(
            new SessionOptions(settings.data(), settings.resume(), settings.maxStreams()),
            backends,
            clock);
    this.server =
        Api.create(
            settings.host(),
            settings.port(),
            settings.corsOrigins(),
            routes(),
            new EventSocket(sessions, PING, SOCKET_PATIENCE),
            (context, millis) ->
                LOG.debug(
                    "{} {} {} in {} ms",
                    context.method(),
                    context.path(),
                    context.statusCode(),
                    millis));
  }

  /**
   * Starts to listen.
   *
   * @throws io.javalin.util.JavalinException when the address cannot be listened on
   */
  public void start() {
    server.start();
    LOG.info("Framewise {} is ready: {}", Version.current(), consoleUrl());
  }

  /** Where it listens, once it is started. */
  public int port() {
    return server.port();
  }

  /** What a person opens in a browser. */
  public String consoleUrl() {
    String host = settings.host();
    String shown =
        host.equals("0.0.0.0") || host.equals("::")
            ? "localhost"
            : host.contains(":") ? "[" + host + "]" : host;
    return "http://%s:%d/console/".formatted(shown, port());
  }

  /** Stops listening and suspends the sessions, which go on at the next start. */
  @Override
  public void close() {
    server.stop();
    threads.close();
    sessions.close();
  }

  private List<Route> routes() {
    var health = new HealthApi(sessions, Version.current());
    var upload = new UploadApi(sessions, threads, settings.maxUpload());
    var stream = new StreamApi(sessions, threads);
    var list = new SessionsApi(sessions);
    var console =
        new SiteHandler(
            settings
                .consoleDir()
                .map(folder -> Site.ofFolder(folder, "console"))
                .orElseGet(() -> Site.ofClassPath("console")));
    return List.of(
        Route.get("/", health::root),
        Route.get("/backends", health::backends),
        Route.get("/health/live", health::live),
        Route.post("/upload-video", upload::upload),
        Route.post("/start-stream/{session_id}", stream::start),
        Route.post("/update-prompt/{session_id}", stream::updatePrompt),
        Route.post("/stop-stream/{session_id}", stream::stop),
        Route.get("/sessions", list::list),
        Route.get("/sessions/{session_id}", list::one),
        Route.delete("/sessions/{session_id}", list::delete),
        Route.get("/console", context -> context.redirect("/console/", HttpStatus.FOUND)),
        Route.get("/console/", console),
        Route.get("/console/<path>", console));
  }
}
