package framewise.server.service;

import framewise.engine.Refusal;
import framewise.engine.WallClock;
import framewise.engine.cluster.Membership;
import framewise.engine.folder.FolderOwner;
import framewise.engine.session.SessionOptions;
import framewise.engine.session.Sessions;
import framewise.engine.watch.words.SecondOpinions;
import framewise.engine.watch.words.WordsAsker;
import framewise.media.memory.NativeMemory;
import framewise.media.network.Network;
import framewise.server.access.AccessControl;
import framewise.server.access.secret.SigningKey;
import framewise.server.account.AccessApi;
import framewise.server.account.AccountsApi;
import framewise.server.account.AuditApi;
import framewise.server.account.AuditHook;
import framewise.server.account.KeysApi;
import framewise.server.account.SharesApi;
import framewise.server.api.Api;
import framewise.server.api.DocsApi;
import framewise.server.api.EventSocket;
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
import framewise.server.cluster.ForwardSignature;
import framewise.server.cluster.Forwarding;
import framewise.server.cluster.NodesApi;
import framewise.server.cluster.SignedCallers;
import framewise.server.config.AccessMode;
import framewise.server.config.NodeSettings;
import framewise.server.config.Settings;
import framewise.server.delivery.DeliveryService;
import framewise.server.export.Export;
import framewise.server.guard.Cors;
import framewise.server.guard.OwnNames;
import framewise.server.guard.PageRules;
import framewise.server.guard.RequestGuard;
import framewise.server.guard.WebOrigin;
import framewise.server.guide.Guides;
import framewise.server.http.ErrorForm;
import framewise.server.http.LongAnswers;
import framewise.server.http.PlatformThreads;
import framewise.server.http.RequestId;
import framewise.server.http.Route;
import framewise.server.http.RouteAccess;
import framewise.server.http.Socket;
import framewise.server.http.WebSocketOnly;
import framewise.server.http.file.Site;
import framewise.server.http.file.SiteHandler;
import framewise.server.limits.ConnectionLimits;
import framewise.server.limits.Connections;
import framewise.server.limits.FairShare;
import framewise.server.livekit.LiveKitApi;
import framewise.server.mcp.AgentApi;
import framewise.server.metrics.Metrics;
import framewise.server.overshoot.OvershootApi;
import framewise.server.overshoot.OvershootErrors;
import framewise.server.peer.OfferLimits;
import framewise.server.phone.PhoneAccess;
import framewise.server.phone.PhoneApi;
import framewise.server.preview.FrameApi;
import framewise.server.preview.PreviewApi;
import framewise.server.preview.SnapshotApi;
import framewise.server.tls.Https;
import framewise.server.tls.Machine;
import framewise.server.upload.BundleApi;
import framewise.server.upload.DemoApi;
import framewise.server.upload.UploadApi;
import framewise.server.v1beta.V1betaApi;
import framewise.server.v1beta.V1betaErrors;
import framewise.server.watch.IncidentsApi;
import framewise.server.watch.RecapApi;
import framewise.server.watch.WatchesApi;
import framewise.server.whip.WhipApi;
import framewise.vision.Backend;
import framewise.webrtc.Peers;
import framewise.webrtc.sdp.PublicAddress;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.util.JavalinException;
import io.javalin.util.JavalinLogger;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole service: creates all its parts and connects them. */
public final class Service implements AutoCloseable {
  private static final Duration PING = Duration.ofSeconds(20);
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final Duration PICTURE_AGAIN = Duration.ofSeconds(5);
  private static final Duration SOCKET_PATIENCE = Duration.ofSeconds(30);

  /**
   * Maximum number of concurrent uploads: each takes a file and a buffer of 64 KB, and more are not
   * faster.
   */
  private static final int MOST_UPLOADS = 32;

  /**
   * Maximum number of concurrent starts: each may wait half a minute for an AI service, on a thread
   * of its own.
   */
  private static final int MOST_STARTS = 32;

  private static final int MOST_WAITING = 64;
  private static final Logger LOG = LoggerFactory.getLogger(Service.class);

  private final Build build = Build.current();
  private final Metrics metrics = new Metrics();
  private final OvershootErrors overshootForm = new OvershootErrors();
  private final ErrorForm form = ErrorForm.firstOf(List.of(overshootForm, new V1betaErrors()));
  private final LongAnswers answers = new LongAnswers();
  private final Settings settings;
  private final Optional<Https> https;
  private final AllBackends backends;
  private final Sessions sessions;
  private final Optional<ForwardSignature> signature;
  private final AccessControl access;
  private final Optional<Forwarding> forwarding;
  private final AuditHook audit;
  private final PlatformThreads probing;
  private final PlatformThreads starting;
  private final PlatformThreads encoding;
  private final Connections connections;
  private final FairShare uploads = new FairShare(MOST_UPLOADS);
  private final Peers peers;
  private final OvershootApi overshoot;
  private final WhipApi whip;
  private final V1betaApi v1beta;
  private final DeliveryService deliveries;
  private final LiveKitApi liveKit;
  private final AgentApi agents;
  private final WordsAsker words;
  private final SecondOpinions opinions;
  private final WallClock clock;
  private final Javalin server;
  private volatile Optional<String> setupUrl = Optional.empty();

  /**
   * Opens the data folder and creates the service. Sessions that were streaming resume after {@link
   * #start}.
   *
   * @param builtin answers without any service or key
   * @throws framewise.server.tls.TlsException when the HTTPS settings cannot be used
   */
  public Service(Settings settings, Backend builtin, WallClock clock) {
    this.settings = settings;
    this.clock = clock;
    NativeMemory.limit(settings.memory().bytes());
    this.https = Https.of(settings, machine(), clock);
    this.backends = new AllBackends(settings, builtin, metrics::measured);
    int processors = Runtime.getRuntime().availableProcessors();
    this.probing = new PlatformThreads("probing videos", processors, MOST_UPLOADS);
    this.starting = new PlatformThreads("starting streams", MOST_STARTS, MOST_WAITING);
    this.encoding = new PlatformThreads("encoding pictures", processors, MOST_WAITING);
    this.connections =
        new Connections(
            ConnectionLimits.of(settings.maxConnections()),
            settings.apiAccess().proxies(),
            metrics::refused);
    this.sessions =
        Sessions.openWaiting(
            new SessionOptions(
                settings.data(),
                settings.resume(),
                settings.maxStreams(),
                Network.of(settings.urlSources(), settings.urlCertificates()),
                settings.costs().prices(),
                settings.costs().dailyBudget(),
                settings.evidenceQuota().bytes(),
                settings.retention(),
                settings.keep(),
                settings.keepQuota().bytes(),
                settings.incidentQuota().bytes(),
                settings.database(),
                settings.node().map(node -> membership(node, build.version())),
                settings.sourceGrace()),
            backends.backends(),
            clock);
    this.signature = settings.node().map(node -> new ForwardSignature(node.key()));
    this.access = access();
    this.forwarding =
        signature.map(
            known ->
                new Forwarding(
                    sessions,
                    known,
                    settings.node().flatMap(NodeSettings::files).isPresent(),
                    answers,
                    clock));
    sessions.watches().limit(access::sees);
    this.audit = new AuditHook(access.audit());
    var socket = new EventSocket(sessions, access::stillSees, PING, SOCKET_PATIENCE);
    metrics.observe(sessions, socket::connections, settings.data(), build.version());
    metrics.observe("connections", "Connections that clients have open", connections::open);
    metrics.observe("uploads", "Uploads under way", uploads::taken);
    metrics.observe("probing", "Videos that are looked at, or wait for it", probing::busy);
    metrics.observe("starting", "Streams that are started, or wait for it", starting::busy);
    metrics.observe("encoding", "Pictures that are encoded, or wait for it", encoding::busy);
    metrics.observe("watches", "Watches", () -> sessions.watches().all().size());
    metrics.observe("incidents_open", "Incidents that are open", sessions.watches()::open);
    this.peers = new Peers(settings.mediaNetwork().peerOptions());
    var limits = new OfferLimits(clock, metrics::offerRefused);
    metrics.observeOffers(limits::waiting);
    this.overshoot =
        new OvershootApi(settings, sessions, access, peers, limits, metrics.streams(), clock);
    this.whip = new WhipApi(settings, sessions, access, peers, limits, clock);
    this.agents = new AgentApi(sessions, access, encoding, build.version(), clock);
    this.words = new WordsAsker(sessions, clock);
    this.opinions = new SecondOpinions(sessions, clock);
    metrics.observe(
        "watch_questions_skipped",
        "Looks of watches in words that were skipped, because too many were due",
        () -> (int) words.skipped());
    this.v1beta = new V1betaApi(settings, sessions, access, encoding, answers, clock);
    this.deliveries =
        new DeliveryService(
            sessions.database(),
            sessions.notices(),
            access,
            sessions.network(),
            sessions.watches(),
            sessions.incidentPictures(),
            this::address,
            id -> sessions.find(id).map(session -> session.view().name()),
            answers,
            metrics,
            clock);
    this.liveKit = new LiveKitApi(settings, sessions, access, peers, limits, v1beta::open, clock);
    this.server =
        Api.create(
            settings.host(),
            settings.port(),
            https,
            connections,
            guard(),
            new Cors(pages()),
            Stream.of(routes(), overshootRoutes(), v1betaRoutes())
                .flatMap(List::stream)
                .map(route -> forwarding.map(to -> to.around(route)).orElse(route))
                .toList(),
            sockets(socket),
            access.gate(),
            form,
            this::answered,
            this::stopping);
  }

  private static Membership membership(NodeSettings node, String version) {
    return new Membership(FolderOwner.address(), node.url().toString(), version, node.files());
  }

  /** Nodes share cookies and tokens. */
  private AccessControl access() {
    if (settings.node().isEmpty() || sessions.cluster().isEmpty()) {
      return new AccessControl(settings.apiAccess(), sessions.database(), settings.data(), clock);
    }
    return new AccessControl(
        settings.apiAccess(),
        sessions.database(),
        "cluster",
        new SigningKey(
            settings.data().resolve("access.key"),
            ForwardSignature.tokenKey(settings.node().get().key())),
        new SignedCallers(signature.orElseThrow(), sessions.cluster().get()::id, clock),
        clock);
  }

  private void stopping() {
    liveKit.farewell();
    answers.end();
  }

  /**
   * Starts to accept connections.
   *
   * @throws io.javalin.util.JavalinException when the address is not available
   */
  public void start() {
    listen();
    sessions.resume();
    // The first line of the log has what a person needs next: the address to open.
    LOG.info("Framewise {} is ready: {}", build.version(), consoleUrl());
    overshoot.start();
    v1beta.start();
    deliveries.start();
    words.start();
    https.ifPresent(
        secure -> {
          secure.start();
          tellPhones(secure, phone());
        });
    setupUrl = newSetupUrl();
    setupUrl.ifPresent(
        url ->
            LOG.info(
                "No account yet: other machines get a sign-in page. Make the first account within"
                    + " an hour at {}",
                url));
    if (settings.apiAccess().mode() == AccessMode.OPEN) {
      LOG.warn("FRAMEWISE_ACCESS=open: everybody who can reach port {} may do everything.", port());
    }
  }

  /** Whether another node works on the database now, so that this process should end. */
  public boolean isTakenOver() {
    return sessions
        .database()
        .damage()
        .filter(why -> why.code() == Refusal.Code.TAKEN_OVER)
        .isPresent();
  }

  /** URL to create the first account from another machine; empty where that is not possible. */
  public Optional<String> setupUrl() {
    return setupUrl;
  }

  private Optional<String> newSetupUrl() {
    return phone().urls().stream()
        .findFirst()
        .flatMap(
            console ->
                access
                    .newSetupToken()
                    .map(token -> console.replaceAll("console/$", "") + "sign-in/#setup=" + token));
  }

  /** Suppresses Javalin's own ERROR line, which would precede the sentence about the same fault. */
  private void listen() {
    JavalinLogger.enabled = false;
    try {
      server.start();
    } finally {
      JavalinLogger.enabled = true;
    }
  }

  /** The port, once started. */
  public int port() {
    return server.port();
  }

  /** URL of the console. */
  public String consoleUrl() {
    String scheme = https.isPresent() ? "https" : "http";
    return "%s://%s:%d/console/".formatted(scheme, shownHost(), port());
  }

  /** URLs of the console for phones, once started. */
  public PhoneAccess phone() {
    return PhoneAccess.of(settings.host(), port(), machine(), https.map(Https::identity))
        .behind(settings.publicUrls().urls());
  }

  /** Address of the service for receivers of notices; empty where only this machine reaches it. */
  private Optional<String> address() {
    return settings.publicUrls().urls().stream()
        .map(URI::toString)
        .findFirst()
        .or(
            () ->
                phone().urls().stream()
                    .findFirst()
                    .map(console -> console.replaceAll("/console/$", "")));
  }

  /** Stops accepting connections and suspends the sessions, which resume at the next start. */
  @Override
  public void close() {
    sessions.drain();
    try {
      server.stop();
    } catch (JavalinException e) {
      // Javalin has stopped nevertheless; the rest must be closed, or the process does not end.
      LOG.warn("Some clients did not let go in time and were cut off: {}", e.toString());
    }
    https.ifPresent(Https::close);
    forwarding.ifPresent(Forwarding::close);
    deliveries.close();
    overshoot.close();
    v1beta.close();
    liveKit.close();
    agents.close();
    words.close();
    opinions.close();
    whip.close();
    access.close();
    probing.close();
    starting.close();
    encoding.close();
    sessions.close();
    backends.close();
    peers.close();
    metrics.close();
  }

  /** All calls of the Overshoot API, without its socket. */
  List<Route> overshootRoutes() {
    return overshoot.routes(DocsApi.contract("overshoot.yaml"));
  }

  /** All calls of the v1beta API, without the sockets of publishers. */
  List<Route> v1betaRoutes() {
    return Stream.concat(
            v1beta.routes(DocsApi.contract("v1beta.yaml")).stream(), liveKit.routes().stream())
        .toList();
  }

  /** All calls of our own API, without the socket. */
  List<Route> routes() {
    var phone = new PhoneApi(this::phone);
    return Stream.of(
            calls(),
            whip.routes(),
            agents.routes(),
            phone.routes(),
            deliveries.routes(),
            new WatchesApi(sessions, access.grants(), deliveries::sees, clock).routes(),
            new IncidentsApi(sessions, access.grants(), access::stillSees, clock).routes(),
            new RecapApi(sessions).routes(),
            new LookbacksApi(sessions, starting).routes(),
            new BundleApi(sessions, access.grants(), probing, uploads, settings.maxUpload())
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
    var upload = new UploadApi(sessions, access.grants(), probing, uploads, settings.maxUpload());
    var demo = new DemoApi(sessions, access.grants(), probing, settings.data());
    var stream = new StreamApi(sessions, starting);
    var list = new SessionsApi(sessions, access.grants());
    var search = new SearchApi(sessions, access.grants());
    var results = new ResultsApi(sessions);
    var evidence = new EvidenceApi(sessions);
    var usage = new UsageApi(sessions.spending());
    var video = new VideoApi(sessions, access::stillSees);
    var snapshot = new SnapshotApi(sessions, encoding);
    var frame = new FrameApi(sessions, encoding);
    var preview = new PreviewApi(sessions, access::stillSees, encoding, answers, PICTURE_AGAIN);
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

  private List<Socket> sockets(EventSocket events) {
    var own = new Socket(EventSocket.PATH, RouteAccess.SHOWN, events);
    return Stream.of(List.of(own, deliveries.socket()), overshoot.sockets(), liveKit.sockets())
        .flatMap(List::stream)
        .toList();
  }

  private PageRules pages() {
    Set<WebOrigin> own =
        settings.publicUrls().urls().stream()
            .flatMap(url -> WebOrigin.parse(url.toString()).stream())
            .collect(Collectors.toSet());
    return new PageRules(
        settings.corsOrigins(), own, path -> overshootForm.covers(path) || LiveKitApi.covers(path));
  }

  private RequestGuard guard() {
    var names = new OwnNames(this::configuredNames, Machine::ownNames, System::nanoTime);
    names.lookAgain();
    return new RequestGuard(names, pages(), form, metrics::refused);
  }

  /** Host names of this service, from the settings and the certificate. */
  private Set<String> configuredNames() {
    Set<String> names = new HashSet<>();
    names.add(settings.host());
    settings.publicUrls().urls().forEach(url -> names.add(url.getHost()));
    settings.node().ifPresent(node -> names.add(node.url().getHost()));
    https.ifPresent(secure -> names.addAll(secure.identity().names()));
    return names;
  }

  private Site console() {
    Site inJar = Site.ofClassPath("console");
    return settings.consoleDir().map(folder -> Site.ofFolder(folder).or(inJar)).orElse(inJar);
  }

  private void metrics(Context context) {
    context.contentType("text/plain; version=0.0.4; charset=utf-8");
    context.result(metrics.scrape());
  }

  private void answered(Context context, float millis) {
    metrics.answered(context, millis);
    audit.answered(context);
    LOG.debug("{} {} {} in {} ms", context.method(), context.path(), context.statusCode(), millis);
    RequestId.forget();
  }

  private static void tellPhones(Https secure, PhoneAccess phone) {
    LOG.info(
        "On a phone: {}. {} SHA-256 {}",
        phone.urls().stream().findFirst().orElse("no address"),
        phone.advice(),
        secure.identity().fingerprint());
  }

  private Machine machine() {
    return Machine.current(settings.mediaNetwork().publicAddress().map(PublicAddress::address));
  }

  private String shownHost() {
    String host = settings.host();
    if (host.equals("0.0.0.0") || host.equals("::")) {
      return "localhost";
    }
    return host.contains(":") ? "[" + host + "]" : host;
  }
}
