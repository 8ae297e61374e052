package framewise.server.delivery;

import framewise.engine.delivery.Deliveries;
import framewise.engine.delivery.Delivery;
import framewise.engine.endpoint.Endpoint;
import framewise.engine.endpoint.EndpointKind;
import framewise.engine.endpoint.NewEndpoint;
import framewise.engine.endpoint.SigningSecrets;
import framewise.engine.watch.Watches;
import framewise.server.access.Caller;
import framewise.server.http.Fields;
import framewise.server.http.JsonBody;
import framewise.server.http.Problem;
import framewise.server.http.Query;
import framewise.server.http.Reply;
import framewise.server.http.Route;
import framewise.server.http.RouteAccess;
import framewise.time.WallClock;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpStatus;

/** Calls that manage endpoints. */
public final class EndpointsApi {
  /** Time during which the previous secret signs in addition to a new one. */
  static final Duration OVERLAP = Duration.ofHours(24);

  private static final Duration TEST_TIMEOUT = Duration.ofSeconds(16);
  private static final String ENDPOINTS = "/endpoints";
  private static final String ONE = ENDPOINTS + "/{" + OwnEndpoints.ENDPOINT + "}";

  private final Deliveries deliveries;
  private final Watches watches;
  private final OwnEndpoints own;
  private final EndpointRequest requests;
  private final WallClock clock;

  /** Endpoints with a test under way. */
  private final Set<String> tested = ConcurrentHashMap.newKeySet();

  EndpointsApi(
      Deliveries deliveries,
      Watches watches,
      OwnEndpoints own,
      EndpointRequest requests,
      WallClock clock) {
    this.deliveries = deliveries;
    this.watches = watches;
    this.own = own;
    this.requests = requests;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.get(ENDPOINTS, RouteAccess.OPERATOR, this::list),
        Route.post(ENDPOINTS, RouteAccess.OPERATOR, this::create),
        Route.get(ONE, RouteAccess.OPERATOR, this::one),
        Route.patch(ONE, RouteAccess.OPERATOR, this::change),
        Route.delete(ONE, RouteAccess.OPERATOR, this::delete),
        Route.post(ONE + "/test", RouteAccess.OPERATOR, this::test),
        Route.post(ONE + "/rotate", RouteAccess.OPERATOR, this::rotate),
        Route.post(ONE + "/replay", RouteAccess.OPERATOR, this::replay));
  }

  private void list(Context context) {
    var json = Reply.object();
    var list = json.putArray("endpoints");
    own.all(Caller.of(context)).forEach(endpoint -> list.add(EndpointView.json(endpoint)));
    json.put("most", maxEndpoints(Caller.of(context)));
    Reply.json(context, json);
  }

  /** The only response that contains the secret. */
  private void create(Context context) throws IOException {
    Fields fields = JsonBody.read(context);
    Caller caller = Caller.of(context);
    NewEndpoint wanted = requests.create(fields, caller.subject().orElse(""));
    Endpoint endpoint =
        deliveries.add(wanted, maxEndpoints(caller)).orElseThrow(() -> tooMany(caller));
    context.status(HttpStatus.CREATED_201);
    var json = EndpointView.json(endpoint);
    newest(endpoint).ifPresent(secret -> json.put("secret", secret));
    Reply.json(context, json);
  }

  /** Maximum number of endpoints for a caller; only administrators may use the whole limit. */
  private static int maxEndpoints(Caller caller) {
    return caller.ownsAll() ? Deliveries.MAX_ENDPOINTS : Deliveries.MAX_PER_OWNER;
  }

  private RuntimeException tooMany(Caller caller) {
    boolean ownShare = !caller.ownsAll() && own.all(caller).size() >= maxEndpoints(caller);
    String sentence =
        ownShare
            ? "You have %d endpoints, which is the limit of an account or key. Delete one first."
                .formatted(Deliveries.MAX_PER_OWNER)
            : "There are %d endpoints, which is the limit. Delete one first, or ask an administrator to."
                .formatted(Deliveries.MAX_ENDPOINTS);
    return Problem.of(HttpStatus.CONFLICT_409, "too_many_endpoints", sentence).asException();
  }

  private void one(Context context) {
    Reply.json(context, EndpointView.json(own.endpoint(context)));
  }

  private void change(Context context) throws IOException {
    Endpoint before = own.endpoint(context);
    Fields fields = JsonBody.read(context);
    // Checked before the transaction: it resolves names.
    Endpoint wanted = requests.change(fields, before);
    boolean reset =
        fields.has("enabled") || !wanted.address().equals(before.address()) || options(fields);
    Endpoint changed =
        deliveries.change(before.id(), current -> merged(current, wanted), reset).orElse(before);
    Reply.json(context, EndpointView.json(changed));
  }

  private static boolean options(Fields fields) {
    return List.of("headers", "token", "user", "password").stream().anyMatch(fields::mentions);
  }

  /** Keeps the current secrets, which somebody may have rotated meanwhile. */
  private static Endpoint merged(Endpoint current, Endpoint wanted) {
    return new Endpoint(
        current.id(),
        wanted.name(),
        current.kind(),
        wanted.address(),
        wanted.options(),
        current.secrets(),
        wanted.types(),
        wanted.enabled(),
        current.state(),
        current.reason(),
        current.owner(),
        current.createdAt(),
        current.failures(),
        current.failingSince(),
        current.pausedUntil());
  }

  private void delete(Context context) {
    String id = own.endpoint(context).id();
    deliveries.delete(id);
    watches.undeliver(id);
    context.status(HttpStatus.NO_CONTENT_204);
  }

  private void test(Context context) throws InterruptedException {
    Endpoint endpoint = own.endpoint(context);
    // Each test is stored, and the thread of the endpoint makes one attempt at a time.
    if (!tested.add(endpoint.id())) {
      throw Problem.of(
              HttpStatus.TOO_MANY_REQUESTS_429,
              "test_running",
              "A test of this endpoint is already running. Wait for its result.")
          .retryAfter(Duration.ofSeconds(1))
          .asException();
    }
    try {
      Delivery delivery =
          deliveries
              .test(endpoint, TEST_TIMEOUT)
              .orElseThrow(() -> OwnEndpoints.notFound(endpoint.id()));
      Reply.json(context, EndpointView.json(delivery));
    } finally {
      tested.remove(endpoint.id());
    }
  }

  private void rotate(Context context) throws IOException {
    Endpoint before = own.endpoint(context);
    if (before.kind() != EndpointKind.WEBHOOK) {
      throw Problem.of(
              HttpStatus.CONFLICT_409, "no_secret", "Only webhooks have a secret that signs them.")
          .asException();
    }
    Instant now = clock.now();
    String secret = SigningSecrets.generate();
    Endpoint changed =
        deliveries
            .change(before.id(), current -> rotated(current, secret, now), false)
            .orElse(before);
    var json = EndpointView.json(changed);
    json.put("secret", secret);
    json.put("former_secret_until", now.plus(OVERLAP).toString());
    Reply.json(context, json);
  }

  private static Endpoint rotated(Endpoint current, String secret, Instant now) {
    return new Endpoint(
        current.id(),
        current.name(),
        current.kind(),
        current.address(),
        current.options(),
        current.secrets().rotated(secret, now, OVERLAP),
        current.types(),
        current.enabled(),
        current.state(),
        current.reason(),
        current.owner(),
        current.createdAt(),
        current.failures(),
        current.failingSince(),
        current.pausedUntil());
  }

  private void replay(Context context) {
    Endpoint endpoint = own.endpoint(context);
    Instant since =
        Query.time("since", Optional.ofNullable(context.queryParam("since")).orElse(""));
    boolean delivered =
        Query.flag("delivered", Optional.ofNullable(context.queryParam("delivered"))).orElse(false);
    requireOn(endpoint);
    int queued = deliveries.replaySince(endpoint, since, delivered);
    Reply.json(context, Reply.object().put("queued", queued));
  }

  static void requireOn(Endpoint endpoint) {
    if (!endpoint.isOn()) {
      throw Problem.of(
              HttpStatus.CONFLICT_409,
              "endpoint_off",
              ("The endpoint is disabled. Enable it first: PATCH /endpoints/%s with"
                      + " {\"enabled\": true}.")
                  .formatted(endpoint.id()))
          .asException();
    }
  }

  private static Optional<String> newest(Endpoint endpoint) {
    return endpoint.secrets().all().stream().findFirst().map(SigningSecrets.SigningSecret::text);
  }
}
