package framewise.server.v1beta;

import framewise.engine.Refusal;
import framewise.engine.RefusedException;
import framewise.engine.SessionId;
import framewise.engine.session.Session;
import framewise.engine.session.Sessions;
import framewise.media.memory.MemoryExhaustedException;
import framewise.server.access.AccessControl;
import framewise.server.access.Keys;
import framewise.server.access.StreamPlaces;
import framewise.server.config.Settings;
import framewise.server.http.CallsElsewhere;
import framewise.server.http.LongAnswers;
import framewise.server.http.PlatformThreads;
import framewise.server.http.Route;
import framewise.server.http.RouteAccess;
import framewise.server.v1beta.stream.KeptStreamCalls;
import framewise.server.v1beta.stream.StreamLease;
import framewise.server.v1beta.stream.StreamLeases;
import framewise.time.WallClock;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The v1beta API under each of its base paths, with everything it needs. */
public final class V1betaApi implements AutoCloseable {
  private static final String STREAM = "/streams/{" + KeptStreamCalls.STREAM + "}";

  private final Keys keys;
  private final Sessions sessions;
  private final StreamLeases leases;
  private final KeptStreamCalls streams;
  private final ModelCalls models;
  private final ChatCalls chat;
  private final BillingCalls billing;

  /**
   * @param threads read and decode pictures
   * @param answers ends responses in progress when the service stops
   * @param elsewhere answers questions about streams of other nodes; empty where there are none
   */
  public V1betaApi(
      Settings settings,
      Sessions sessions,
      AccessControl access,
      StreamPlaces places,
      PlatformThreads threads,
      LongAnswers answers,
      Optional<CallsElsewhere> elsewhere,
      WallClock clock) {
    Map<String, String> aliases = settings.modelAliases().byName();
    this.keys = access.keys();
    this.sessions = sessions;
    this.leases =
        new StreamLeases(
            sessions, settings.maxStreams(), settings.apiAccess().maxStreamsPerKey(), clock);
    this.streams =
        new KeptStreamCalls(
            sessions,
            access.grants(),
            places,
            leases,
            access.publishTokens(),
            () -> List.copyOf(settings.publicUrls().urls()),
            clock);
    this.models = new ModelCalls(sessions.backends(), aliases, clock.now());
    var pictures = new StreamPictures(sessions, access.grants(), leases, threads);
    var reader = new ChatReader(pictures, new SentMedia(sessions, threads));
    this.chat = new ChatCalls(sessions, reader, aliases, answers, elsewhere, clock);
    this.billing = new BillingCalls(sessions.backends(), sessions.spending());
  }

  /** Starts to end expired leases. */
  public void start() {
    leases.start();
  }

  /** The session of a stream whose lease is open; empty for others. */
  public Optional<Session> open(SessionId stream) {
    if (leases.find(stream).filter(StreamLease::isOpen).isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(sessions.get(stream));
    } catch (RefusedException deleted) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    leases.close();
  }

  /**
   * All calls, under each base path.
   *
   * @param contract serves the contract of this API
   */
  public List<Route> routes(Handler contract) {
    List<Route> routes = new ArrayList<>();
    V1betaErrors.BASES.forEach(base -> routes.addAll(routes(base, contract)));
    String billed = V1betaErrors.BILLING;
    routes.add(Route.get(billed + "/pricing", RouteAccess.VIEWER, keyed(billing::pricing)));
    routes.add(Route.get(billed + "/pricing/<path>", RouteAccess.VIEWER, keyed(billing::price)));
    routes.add(
        Route.get(billed + "/accounts/me/balance", RouteAccess.OPERATOR, keyed(billing::balance)));
    routes.add(Route.post(billed + "/checkout", RouteAccess.OPERATOR, keyed(billing::checkout)));
    return routes;
  }

  private List<Route> routes(String base, Handler contract) {
    return List.of(
        Route.get(base + "/openapi.yaml", RouteAccess.VIEWER, contract),
        Route.get(base + "/models", RouteAccess.VIEWER, keyed(models::list)),
        Route.post(base + "/streams", RouteAccess.OPERATOR, keyed(streams::create)),
        Route.get(base + STREAM, RouteAccess.VIEWER, keyed(streams::status)),
        Route.delete(base + STREAM, RouteAccess.OPERATOR, keyed(streams::delete)),
        Route.post(base + STREAM + "/keepalive", RouteAccess.OPERATOR, keyed(streams::keepAlive)),
        Route.post(
            base + STREAM + "/viewer-token", RouteAccess.OPERATOR, keyed(streams::viewerToken)),
        Route.post(base + V1betaErrors.CHAT, RouteAccess.OPERATOR, keyed(chat::complete)));
  }

  /** Requires a key where the service does, and reports refusals in this API's terms. */
  private Handler keyed(Handler call) {
    return context -> {
      var _ = keys.admit(context);
      region(context);
      try {
        call.handle(context);
      } catch (RefusedException e) {
        if (e.refusal().code() == Refusal.Code.TOO_MANY_QUESTIONS) {
          int most = chat.maxQuestions(context);
          context.header("X-RateLimit-Limit", Integer.toString(most));
          ChatCalls.rateLimited(context);
        }
        throw ChatFailure.problem(e.refusal()).asException();
      } catch (MemoryExhaustedException e) {
        throw ChatFailure.problem(Refusal.of(Refusal.Code.MEMORY_EXHAUSTED, e.sentence()))
            .asException();
      }
    };
  }

  /** Echoes the region, because this service serves every region. */
  private static void region(Context context) {
    String region = context.header("X-Overshoot-Region");
    if (region != null && region.matches("[a-z0-9-]{1,40}")) {
      context.header("X-Overshoot-Region", region);
    }
  }
}
