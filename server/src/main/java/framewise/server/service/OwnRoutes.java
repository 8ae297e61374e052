package framewise.server.service;

import framewise.engine.session.Sessions;
import framewise.server.access.AccessControl;
import framewise.server.access.StreamPlaces;
import framewise.server.account.AccessApi;
import framewise.server.account.AccountsApi;
import framewise.server.account.AuditApi;
import framewise.server.account.KeysApi;
import framewise.server.account.SharesApi;
import framewise.server.api.DocsApi;
import framewise.server.api.EventStream;
import framewise.server.api.EvidenceApi;
import framewise.server.api.HealthApi;
import framewise.server.api.LookbacksApi;
import framewise.server.api.ReadyApi;
import framewise.server.api.ResultsApi;
import framewise.server.api.SearchApi;
import framewise.server.api.SessionsApi;
import framewise.server.api.StreamApi;
import framewise.server.api.UsageApi;
import framewise.server.api.VideoApi;
import framewise.server.cluster.NodesApi;
import framewise.server.config.Settings;
import framewise.server.export.Export;
import framewise.server.guide.Guides;
import framewise.server.http.LongAnswers;
import framewise.server.http.Route;
import framewise.server.http.RouteAccess;
import framewise.server.http.WebSocketOnly;
import framewise.server.http.file.Site;
import framewise.server.http.file.SiteHandler;
import framewise.server.metrics.Metrics;
import framewise.server.preview.FrameApi;
import framewise.server.preview.PreviewApi;
import framewise.server.preview.SnapshotApi;
import framewise.server.upload.BundleApi;
import framewise.server.upload.DemoApi;
import framewise.server.upload.UploadApi;
import framewise.server.watch.RecapApi;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The calls of our own API about sessions, accounts and the service, and its pages. */
final class OwnRoutes {
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final Duration PICTURE_AGAIN = Duration.ofSeconds(5);

  private final Settings settings;
  private final Sessions sessions;
  private final AccessControl access;
  private final StreamPlaces places;
  private final WorkPools pools;
  private final LongAnswers answers;
  private final Build build;
  private final Metrics metrics;

  OwnRoutes(
      Settings settings,
      Sessions sessions,
      AccessControl access,
      StreamPlaces places,
      WorkPools pools,
      LongAnswers answers,
      Build build,
      Metrics metrics) {
    this.settings = settings;
    this.sessions = sessions;
    this.access = access;
    this.places = places;
    this.pools = pools;
    this.answers = answers;
    this.build = build;
    this.metrics = metrics;
  }

  List<Route> list() {
    return Stream.of(
            calls(),
            new RecapApi(sessions).routes(),
            new LookbacksApi(sessions, pools.starting).routes(),
            new BundleApi(
                    sessions, access.grants(), pools.probing, pools.uploads, settings.maxUpload())
                .routes(),
            new AccessApi(access).routes(),
            new AccountsApi(access.accounts()).routes(),
            new KeysApi(access.apiKeys()).routes(),
            new SharesApi(sessions, access).routes(),
            new AuditApi(access.audit()).routes(),
            new NodesApi(sessions).routes())
        .flatMap(List::stream)
        .toList();
  }

  private List<Route> calls() {
    var health = new HealthApi(sessions, build.version(), settings.maxUpload().bytes());
    var ready = new ReadyApi(sessions);
    var docs = new DocsApi(build.swaggerUi());
    var upload =
        new UploadApi(
            sessions, access.grants(), pools.probing, pools.uploads, settings.maxUpload());
    var demo = new DemoApi(sessions, access.grants(), pools.probing, settings.data());
    var stream = new StreamApi(sessions, places, pools.starting);
    var list = new SessionsApi(sessions, access.grants());
    var search = new SearchApi(sessions, access.grants());
    var results = new ResultsApi(sessions);
    var evidence = new EvidenceApi(sessions);
    var usage = new UsageApi(sessions.spending());
    var video = new VideoApi(sessions, access::stillSees);
    var snapshot = new SnapshotApi(sessions, pools.encoding);
    var frame = new FrameApi(sessions, pools.encoding);
    var preview =
        new PreviewApi(sessions, access::stillSees, pools.encoding, answers, PICTURE_AGAIN);
    var events = new EventStream(sessions, access::stillSees, answers, HEARTBEAT);
    var console = new SiteHandler(console()).reaching(settings.corsOrigins());
    var signIn =
        new SiteHandler(
            console()
                .below("sign-in")
                .or(
                    console()
                        .only(
                            Set.of(
                                "console.css",
                                "fonts/inter.woff2",
                                "icon.svg",
                                "look/theme.js",
                                "messages/messages.js",
                                "messages/en.js",
                                "messages/de.js"))));
    return List.of(
        Route.get("/", RouteAccess.VIEWER, health::root),
        Route.get("/backends", RouteAccess.VIEWER, health::backends),
        Route.get("/usage", RouteAccess.ADMIN, usage::usage),
        Route.get("/health/live", RouteAccess.PUBLIC, health::live),
        Route.get("/health/ready", RouteAccess.PUBLIC, ready::ready),
        Route.get("/metrics", RouteAccess.MONITOR, this::metrics),
        Route.get("/openapi.yaml", RouteAccess.VIEWER, DocsApi.contract("openapi.yaml")),
        Route.get("/docs", RouteAccess.VIEWER, docs.page()),
        Route.get("/docs/<path>", RouteAccess.VIEWER, docs.page()),
        Route.get("/guides", RouteAccess.VIEWER, Guides::toOverview),
        Route.get("/guides/<path>", RouteAccess.VIEWER, new SiteHandler(Guides.site())),
        Route.get(
            "/console",
            RouteAccess.SHOWN,
            context -> context.redirect("/console/", HttpStatus.FOUND)),
        Route.get("/console/<path>", RouteAccess.SHOWN, console),
        Route.get("/sign-in/<path>", RouteAccess.PUBLIC, signIn),
        Route.post("/upload-video", RouteAccess.OPERATOR, upload::upload),
        Route.post("/start-stream/{session_id}", RouteAccess.OPERATOR, stream::start),
        Route.post("/update-prompt/{session_id}", RouteAccess.OPERATOR, stream::updatePrompt),
        Route.post("/stop-stream/{session_id}", RouteAccess.OPERATOR, stream::stop),
        Route.get("/ws/{session_id}", RouteAccess.SHOWN, WebSocketOnly::refuse),
        Route.get("/events/{session_id}", RouteAccess.SHOWN, events::stream),
        Route.get("/search", RouteAccess.SHOWN, search::search),
        Route.get("/sessions", RouteAccess.SHOWN, list::list),
        Route.post("/sessions", RouteAccess.OPERATOR, list::create),
        Route.post("/sessions/demo", RouteAccess.OPERATOR, demo::create),
        Route.get("/sessions/{session_id}", RouteAccess.SHOWN, list::one),
        Route.patch("/sessions/{session_id}", RouteAccess.OPERATOR, stream::change),
        Route.delete("/sessions/{session_id}", RouteAccess.OPERATOR, list::delete),
        Route.get("/sessions/{session_id}/video", RouteAccess.SHOWN, video::video),
        Route.get("/sessions/{session_id}/snapshot.jpg", RouteAccess.SHOWN, snapshot::snapshot),
        Route.get("/sessions/{session_id}/frame.jpg", RouteAccess.SHOWN, frame::frame),
        Route.get("/sessions/{session_id}/preview", RouteAccess.SHOWN, preview::stream),
        Route.get("/sessions/{session_id}/results", RouteAccess.SHOWN, results::page),
        Route.get(
            "/sessions/{session_id}/results/{seq}/evidence", RouteAccess.SHOWN, evidence::list),
        Route.get(
            "/sessions/{session_id}/results/{seq}/evidence/{picture}",
            RouteAccess.SHOWN,
            evidence::picture),
        Route.get(
            "/sessions/{session_id}/results.jsonl",
            RouteAccess.SHOWN,
            results.download(Export.JSONL)),
        Route.get(
            "/sessions/{session_id}/results.csv", RouteAccess.SHOWN, results.download(Export.CSV)),
        Route.get(
            "/sessions/{session_id}/results.vtt", RouteAccess.SHOWN, results.download(Export.VTT)),
        Route.get(
            "/sessions/{session_id}/results.srt", RouteAccess.SHOWN, results.download(Export.SRT)));
  }

  private Site console() {
    Site inJar = Site.ofClassPath("console");
    return settings.consoleDir().map(folder -> Site.ofFolder(folder).or(inJar)).orElse(inJar);
  }

  private void metrics(Context context) {
    context.contentType("text/plain; version=0.0.4; charset=utf-8");
    context.result(metrics.scrape());
  }
}
