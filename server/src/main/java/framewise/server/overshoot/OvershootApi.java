package framewise.server.overshoot;

import framewise.engine.RefusedException;
import framewise.engine.SessionId;
import framewise.engine.session.Sessions;
import framewise.server.access.AccessControl;
import framewise.server.access.Keys;
import framewise.server.access.StreamPlaces;
import framewise.server.access.secret.KeyHash;
import framewise.server.config.Settings;
import framewise.server.http.Problem;
import framewise.server.http.ProblemException;
import framewise.server.http.Route;
import framewise.server.http.RouteAccess;
import framewise.server.http.Socket;
import framewise.server.http.WebSocketOnly;
import framewise.server.metrics.StreamMeters;
import framewise.server.peer.OfferLimits;
import framewise.server.peer.Offers;
import framewise.time.WallClock;
import framewise.webrtc.Peers;
import framewise.webrtc.SenderTimeouts;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole API under each of its base paths; creates everything it needs. */
public final class OvershootApi implements AutoCloseable {
  private static final Duration HELLO = Duration.ofSeconds(10);

  /** Pictures may pause for as long as the lease is renewed. */
  private static final SenderTimeouts TIMEOUT =
      new SenderTimeouts(Duration.ofSeconds(15), Duration.ofDays(365), Duration.ofDays(365));

  private static final String SOCKETS = "/ws/streams/";
  private static final String SOCKET = SOCKETS + "{" + StreamPath.PARAMETER + "}";
  private static final String STREAM = "/streams/{" + StreamPath.PARAMETER + "}";
  private static final Logger LOG = LoggerFactory.getLogger(OvershootApi.class);

  private final Keys keys;
  private final HostedStreams streams;
  private final Offers offers;
  private final ResultsEndpoint socket;
  private final StreamCalls calls;
  private final InfoCalls info;
  private final FeedbackCalls feedback;
  private final StreamMeters meters;

  /** Call with an accepted key. */
  private interface KeyedCall {
    void handle(Context context, KeyHash key) throws Exception;
  }

  /**
   * @param peers receive the video; closed after this
   * @param limits of offers
   */
  public OvershootApi(
      Settings settings,
      Sessions sessions,
      AccessControl control,
      StreamPlaces places,
      Peers peers,
      OfferLimits limits,
      StreamMeters meters,
      WallClock clock) {
    var access = settings.apiAccess();
    this.meters = meters;
    this.keys = control.keys();
    this.streams = new HostedStreams(clock, access.maxStreamsPerKey(), slots(sessions), meters);
    this.offers = new Offers(peers, TIMEOUT, limits);
    this.socket = new ResultsEndpoint(streams, keys, control::stillAccepts, clock, HELLO);
    this.calls =
        new StreamCalls(
            sessions,
            control.grants(),
            places,
            streams,
            offers,
            access,
            settings.mediaNetwork().iceServers(),
            clock);
    this.info = new InfoCalls(sessions, streams, settings.maxStreams(), clock);
    this.feedback = new FeedbackCalls(streams, clock);
    meters.observe(streams::open, socket::connections);
  }

  private static Optional<KeySlots> slots(Sessions sessions) {
    return sessions.cluster().map(cluster -> new KeySlots(sessions.database(), cluster));
  }

  /** The accepted key of a call of this API; empty for other calls. */
  public static Optional<KeyHash> key(Context context, Keys keys) {
    boolean keyed = BasePath.covers(context.path()) && !context.path().contains(SOCKETS);
    return keyed ? Optional.of(keys.require(context)) : Optional.empty();
  }

  /** Starts watching the leases, and logs who has access. */
  public void start() {
    if (keys.isOpen()) {
      LOG.warn(
          "FRAMEWISE_API_KEYS is empty: the Overshoot API at {} accepts any key from"
              + " clients that need no account.",
          String.join(" and ", BasePath.ALL));
    }
    streams.start();
  }

  @Override
  public void close() {
    streams.close();
    offers.close();
  }

  /**
   * All calls, under each base path.
   *
   * @param contract serves the contract of this API
   */
  public List<Route> routes(Handler contract) {
    List<Route> routes = new ArrayList<>();
    BasePath.ALL.forEach(base -> routes.addAll(routes(base, contract)));
    return routes;
  }

  /** All sockets. Any client may open one: the key comes in the first message. */
  public List<Socket> sockets() {
    return BasePath.ALL.stream()
        .map(
            base ->
                new Socket(
                    base + SOCKET,
                    RouteAccess.PUBLIC,
                    context -> SessionId.parse(context.pathParam(StreamPath.PARAMETER)),
                    context -> {},
                    socket))
        .toList();
  }

  private List<Route> routes(String base, Handler contract) {
    return List.of(
        Route.get(base + "/healthz", RouteAccess.PUBLIC, info::health),
        Route.get(base + "/openapi.yaml", RouteAccess.VIEWER, contract),
        Route.get(base + "/docs", RouteAccess.VIEWER, context -> toDocs(context, base)),
        Route.get(
            base + "/models", RouteAccess.OPERATOR, keyed((context, key) -> info.models(context))),
        Route.post(base + "/streams", RouteAccess.OPERATOR, counted(keyed(calls::create))),
        Route.get(base + "/streams/feedback", RouteAccess.OPERATOR, keyed(feedback::list)),
        Route.delete(base + STREAM, RouteAccess.OPERATOR, keyed(calls::close)),
        Route.post(base + STREAM + "/keepalive", RouteAccess.OPERATOR, keyed(calls::keepalive)),
        Route.patch(
            base + STREAM + "/config/prompt", RouteAccess.OPERATOR, keyed(calls::updatePrompt)),
        Route.get(base + STREAM + "/info", RouteAccess.OPERATOR, keyed(info::info)),
        Route.post(base + STREAM + "/feedback", RouteAccess.OPERATOR, keyed(feedback::add)),
        Route.post(base + STREAM + "/spectate", RouteAccess.OPERATOR, keyed(this::spectate)),
        Route.post(
            base + "/chat/completions/clip", RouteAccess.OPERATOR, keyed(OvershootApi::askAgain)),
        Route.get(base + SOCKET, RouteAccess.PUBLIC, WebSocketOnly::refuse));
  }

  private Handler keyed(KeyedCall call) {
    return context -> {
      try {
        call.handle(context, keys.require(context));
      } catch (Error e) {
        // An exception gets the format and headers that clients expect.
        throw new IllegalStateException("a call failed", e);
      }
    };
  }

  /** Counts refused streams, by reason. */
  private Handler counted(Handler create) {
    return context -> {
      try {
        create.handle(context);
      } catch (ProblemException e) {
        meters.refused(OvershootErrors.code(e.problem()));
        throw e;
      } catch (RefusedException e) {
        meters.refused(OvershootErrors.code(Problem.of(e.refusal())));
        throw e;
      }
    };
  }

  private void spectate(Context context, KeyHash key) {
    StreamPath.open(streams, context, key);
    throw Problem.of(
            HttpStatus.UNPROCESSABLE_ENTITY_422,
            "livekit_unsupported",
            "Watching a stream needs LiveKit, which this service does not have. The"
                + " console shows its answers.")
        .asException();
  }

  private static void askAgain(Context context, KeyHash key) {
    throw Problem.of(
            HttpStatus.NOT_FOUND_404,
            "not_found",
            "This service does not store the clips of a stream, so it can't answer about"
                + " them again: change the stream's prompt instead.")
        .asException();
  }

  /** Relative, so that it works behind a proxy that serves the service under a path. */
  private static void toDocs(Context context, String base) {
    context.header("Location", "../".repeat(base.split("/", -1).length - 1) + "docs?api=overshoot");
    context.status(HttpStatus.FOUND_302);
  }
}
