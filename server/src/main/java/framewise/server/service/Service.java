package framewise.server.service;

import framewise.engine.Refusal;
import framewise.engine.cluster.Membership;
import framewise.engine.folder.FolderOwner;
import framewise.engine.session.SessionOptions;
import framewise.engine.session.Sessions;
import framewise.engine.watch.words.SecondOpinions;
import framewise.engine.watch.words.WordsAsker;
import framewise.media.memory.NativeMemory;
import framewise.media.network.Network;
import framewise.server.access.AccessControl;
import framewise.server.access.StreamPlaces;
import framewise.server.access.secret.SigningKey;
import framewise.server.account.AuditHook;
import framewise.server.api.Api;
import framewise.server.api.DocsApi;
import framewise.server.api.EventSocket;
import framewise.server.cluster.ForwardSignature;
import framewise.server.cluster.Forwarding;
import framewise.server.cluster.SignedCallers;
import framewise.server.config.AccessMode;
import framewise.server.config.NodeSettings;
import framewise.server.config.Settings;
import framewise.server.delivery.DeliveryService;
import framewise.server.guard.Cors;
import framewise.server.guard.OwnNames;
import framewise.server.guard.PageRules;
import framewise.server.guard.RequestGuard;
import framewise.server.guard.WebOrigin;
import framewise.server.http.CallsElsewhere;
import framewise.server.http.ErrorForm;
import framewise.server.http.LongAnswers;
import framewise.server.http.RequestId;
import framewise.server.http.Route;
import framewise.server.http.RouteAccess;
import framewise.server.http.Socket;
import framewise.server.limits.ConnectionLimits;
import framewise.server.limits.Connections;
import framewise.server.livekit.LiveKitApi;
import framewise.server.mcp.AgentApi;
import framewise.server.metrics.Metrics;
import framewise.server.overshoot.OvershootApi;
import framewise.server.overshoot.OvershootErrors;
import framewise.server.peer.OfferLimits;
import framewise.server.phone.PhoneAccess;
import framewise.server.phone.PhoneApi;
import framewise.server.tls.Https;
import framewise.server.tls.MachineNames;
import framewise.server.v1beta.V1betaApi;
import framewise.server.v1beta.V1betaErrors;
import framewise.server.warm.WarmUp;
import framewise.server.watch.IncidentsApi;
import framewise.server.watch.WatchesApi;
import framewise.server.whip.WhipApi;
import framewise.time.WallClock;
import framewise.vision.Backend;
import framewise.webrtc.Peers;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.util.JavalinException;
import io.javalin.util.JavalinLogger;
import java.time.Duration;
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
  private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(30);
  private static final Logger LOG = LoggerFactory.getLogger(Service.class);

  private final Build build = Build.current();
  private final Metrics metrics = new Metrics();
  private final OvershootErrors overshootForm = new OvershootErrors();
  private final ErrorForm form = ErrorForm.firstOf(List.of(overshootForm, new V1betaErrors()));
  private final LongAnswers answers = new LongAnswers();
  private final Settings settings;
  private final Optional<Https> https;
  private final ServiceAddresses addresses;
  private final AllBackends backends;
  private final Sessions sessions;
  private final Optional<ForwardSignature> signature;
  private final AccessControl access;
  private final StreamPlaces places;
  private final Optional<Forwarding> forwarding;
  private final AuditHook audit;
  private final WorkPools pools = new WorkPools();
  private final Connections connections;
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
    this.https = Https.of(settings, ServiceAddresses.machine(settings), clock);
    this.addresses = new ServiceAddresses(settings, https, this::port);
    this.backends = new AllBackends(settings, builtin, metrics::measured);
    this.connections =
        new Connections(
            ConnectionLimits.of(settings.maxConnections()),
            settings.apiAccess().proxies(),
            metrics::refused);
    this.sessions =
        Sessions.openWaiting(
            new SessionOptions(settings.data(), settings.resume(), settings.maxStreams())
                .toBuilder()
                    .network(Network.of(settings.urlSources(), settings.urlCertificates()))
                    .prices(settings.costs().prices())
                    .dailyBudget(settings.costs().dailyBudget())
                    .evidenceQuota(settings.evidenceQuota().bytes())
                    .retention(settings.retention())
                    .keep(settings.keep())
                    .keepQuota(settings.keepQuota().bytes())
                    .incidentQuota(settings.incidentQuota().bytes())
                    .postgres(settings.database())
                    .membership(settings.node().map(node -> membership(node, build.version())))
                    .files(settings.files())
                    .senderGrace(settings.sourceGrace())
                    .build(),
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
                    settings.files().isPresent(),
                    answers,
                    context -> OvershootApi.key(context, access.keys()),
                    clock));
    sessions.watches().limit(access::sees);
    this.audit = new AuditHook(access.audit());
    var socket = new EventSocket(sessions, access::stillSees, PING, SOCKET_TIMEOUT);
    metrics.observe(sessions, socket::connections, settings.data(), build.version());
    metrics.observe("connections", "Connections that clients have open", connections::open);
    pools.observe(metrics);
    metrics.observe("watches", "Watches", () -> sessions.watches().all().size());
    metrics.observe("incidents_open", "Incidents that are open", sessions.watches()::open);
    this.places = new StreamPlaces(sessions, access.grants(), settings.maxStreams());
    this.peers = new Peers(settings.mediaNetwork().peerOptions());
    var limits = new OfferLimits(clock, metrics::offerRefused);
    metrics.observeOffers(limits::waiting);
    this.overshoot =
        new OvershootApi(
            settings, sessions, access, places, peers, limits, metrics.streams(), clock);
    this.whip = new WhipApi(settings, sessions, access, places, peers, limits, clock);
    this.agents =
        new AgentApi(sessions, access, pools.encoding, build.version(), elsewhere(), clock);
    this.words = new WordsAsker(sessions, clock);
    this.opinions = new SecondOpinions(sessions, clock);
    metrics.observe(
        "watch_questions_skipped",
        "Skipped checks of watches in words, because too many were due",
        () -> (int) words.skipped());
    this.v1beta =
        new V1betaApi(
            settings, sessions, access, places, pools.encoding, answers, elsewhere(), clock);
    this.deliveries =
        new DeliveryService(
            sessions.database(),
            sessions.notices(),
            access,
            sessions.network(),
            sessions.watches(),
            sessions.incidentPictures(),
            addresses::ofReceivers,
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
    return new Membership(FolderOwner.address(), node.url().toString(), version);
  }

  private Optional<CallsElsewhere> elsewhere() {
    return forwarding.map(
        nodes -> (context, session) -> nodes.forward(context, session, AgentApi.TIMEOUT));
  }

  /** Access control, whose cookies and tokens all nodes of a cluster share. */
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
    liveKit.askToReconnect();
    answers.end();
  }

  /** Prepares for the first answers in the background, so that they arrive sooner. */
  public void warmUp() {
    WarmUp.start(peers);
  }

  /**
   * Starts to accept connections.
   *
   * @throws io.javalin.util.JavalinException when the address is not available
   */
  public void start() {
    withoutJavalinsLines(server::start);
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
          printPhoneUrl(secure, phone());
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

  /** Suppresses Javalin's own ERROR line, which would precede our sentence about the same fault. */
  private static void withoutJavalinsLines(Runnable action) {
    JavalinLogger.enabled = false;
    try {
      action.run();
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
    return addresses.consoleUrl();
  }

  /** URLs of the console for phones, once started. */
  public PhoneAccess phone() {
    return addresses.phone();
  }

  /** Stops accepting connections and suspends the sessions, which resume at the next start. */
  @Override
  public void close() {
    sessions.drain();
    try {
      withoutJavalinsLines(server::stop);
    } catch (JavalinException e) {
      // Javalin has stopped nevertheless; the rest must be closed, or the process does not end.
      LOG.warn(
          "Disconnected clients that did not close their connections in time: {}", e.toString());
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
    pools.close();
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
    var phone = new PhoneApi(addresses::phone);
    return Stream.of(
            new OwnRoutes(settings, sessions, access, places, pools, answers, build, metrics)
                .list(),
            whip.routes(),
            agents.routes(),
            phone.routes(),
            deliveries.routes(),
            new WatchesApi(sessions, access.grants(), deliveries::sees, clock).routes(),
            new IncidentsApi(sessions, access.grants(), access::stillSees, clock).routes())
        .flatMap(List::stream)
        .toList();
  }

  private List<Socket> sockets(EventSocket events) {
    var own = new Socket(EventSocket.PATH, RouteAccess.SHOWN, events);
    return Stream.of(List.of(own, deliveries.socket()), overshoot.sockets(), liveKit.sockets())
        .flatMap(List::stream)
        .map(socket -> forwarding.map(to -> to.around(socket)).orElse(socket))
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
    var names =
        new OwnNames(addresses::configuredNames, MachineNames::ownNames, WallClock.system()::nanos);
    names.refresh();
    return new RequestGuard(names, pages(), form, metrics::refused);
  }

  private void answered(Context context, float millis) {
    metrics.answered(context, millis);
    audit.answered(context);
    LOG.debug("{} {} {} in {} ms", context.method(), context.path(), context.statusCode(), millis);
    RequestId.forget();
  }

  private static void printPhoneUrl(Https secure, PhoneAccess phone) {
    LOG.info(
        "On a phone: {}. {} SHA-256 {}",
        phone.urls().stream().findFirst().orElse("no address"),
        phone.advice(),
        secure.identity().fingerprint());
  }
}
