package framewise.server.cluster;

import framewise.engine.SessionId;
import framewise.engine.cluster.Cluster;
import framewise.engine.cluster.Node;
import framewise.engine.incident.Incident;
import framewise.engine.session.Sessions;
import framewise.server.access.Caller;
import framewise.server.access.ForwardedCallers;
import framewise.server.access.secret.KeyHash;
import framewise.server.http.LongAnswers;
import framewise.server.http.Problem;
import framewise.server.http.Route;
import framewise.server.http.SignedBody;
import framewise.server.http.Socket;
import framewise.time.WallClock;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forwards calls that only the owner of a session can answer to that node, and calls about a node
 * to the node that they name. Every node answers itself what needs only the database. A call is
 * forwarded at most once: a node that receives a forwarded call for a session that it doesn't own
 * refuses it. Safe for any number of threads.
 */
public final class Forwarding implements AutoCloseable {
  /** Parameters of paths that name a session. */
  private static final List<String> SESSION = List.of("session_id", "stream_id");

  /** Parameter of paths that names an incident, which belongs to a session. */
  private static final String INCIDENT = "incident_id";

  /** Calls that read only the database. */
  private static final Set<String> EVERYWHERE =
      Set.of(
          "/sessions/{session_id}",
          "/sessions/{session_id}/results",
          "/sessions/{session_id}/results.jsonl",
          "/sessions/{session_id}/results.csv",
          "/sessions/{session_id}/results.vtt",
          "/sessions/{session_id}/results.srt",
          "/sessions/{session_id}/recap",
          "/incidents/{incident_id}",
          "/events/{session_id}",
          "/ws/{session_id}");

  /** Calls that read files, which every node has on a shared folder. */
  private static final Set<String> FILES =
      Set.of(
          "/sessions/{session_id}/video",
          "/incidents/{incident_id}/picture.jpg",
          "/incidents/{incident_id}/clip.mp4",
          "/sessions/{session_id}/results/{seq}/evidence",
          "/sessions/{session_id}/results/{seq}/evidence/{picture}");

  private static final String START = "/start-stream/{session_id}";

  /** Ends of the paths whose calls create a session that starts at once. */
  private static final List<String> MAKING = List.of("/whip", "/streams");

  private static final Set<String> SENT =
      Set.of("Accept", "Content-Type", "Range", "If-None-Match", "If-Match", "If-Range");

  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration ANSWER = Duration.ofSeconds(90);

  /**
   * Wait for the owner to open a socket: some clients treat a refused one as the end of their
   * stream.
   */
  private static final Duration SOCKET = Duration.ofSeconds(6);

  private static final Duration RETRY = Duration.ofSeconds(3);
  private static final int BUFFER = 32 << 10;
  private static final Logger LOG = LoggerFactory.getLogger(Forwarding.class);

  private final Sessions sessions;
  private final ForwardSignature signature;
  private final boolean sharedFiles;
  private final LongAnswers answers;
  private final Function<Context, Optional<KeyHash>> keys;
  private final WallClock clock;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * @param sharedFiles whether all nodes share the same videos and evidence
   * @param keys finds the accepted key of a call that needs one; refuses a call without it
   */
  public Forwarding(
      Sessions sessions,
      ForwardSignature signature,
      boolean sharedFiles,
      LongAnswers answers,
      Function<Context, Optional<KeyHash>> keys,
      WallClock clock) {
    this.sessions = sessions;
    this.signature = signature;
    this.sharedFiles = sharedFiles;
    this.answers = answers;
    this.keys = keys;
    this.clock = clock;
  }

  /** The route, answered by the node that its path names, or that owns the session in it. */
  public Route around(Route route) {
    if (route.method().equals(HandlerType.POST)
        && MAKING.stream().anyMatch(route.path()::endsWith)) {
      return answeredAt(
          route,
          context ->
              ForwardedCallers.isForwarded(context) ? Optional.empty() : sessions.placeNew());
    }
    if (route.path().contains("{" + NodesApi.NODE + "}")) {
      return answeredAt(route, this::named);
    }
    boolean ofSession =
        Stream.concat(SESSION.stream(), Stream.of(INCIDENT))
            .anyMatch(name -> route.path().contains("{" + name + "}"));
    boolean reads = route.method().equals(HandlerType.GET);
    if (!ofSession
        || (reads && EVERYWHERE.contains(route.path()))
        || (reads && sharedFiles && FILES.contains(route.path()))
        || route.method().equals(HandlerType.OPTIONS)) {
      return route;
    }
    boolean starts = route.path().equals(START);
    return answeredAt(route, context -> target(context, starts));
  }

  /** The socket, relayed to the node that owns its session. */
  public Socket around(Socket socket) {
    var relayed =
        new RelayedSockets(socket.before(), socket.handler(), context -> relay(socket, context));
    return new Socket(socket.path(), socket.access(), socket.session(), relayed::before, relayed);
  }

  private Optional<SocketRelay> relay(Socket socket, Context context) throws InterruptedException {
    Optional<Node> owner = socket.session().apply(context).flatMap(id -> owner(context, id));
    return owner.isEmpty() ? Optional.empty() : Optional.of(relay(context, owner.get()));
  }

  private SocketRelay relay(Context context, Node node) throws InterruptedException {
    String target = SignedCallers.target(context);
    var socket =
        http.newWebSocketBuilder()
            .connectTimeout(SOCKET)
            .header(ForwardSignature.HEADER, signed(context, node, "GET", target, new byte[0]));
    String authorization = context.header("Authorization");
    if (authorization != null) {
      socket.header("Authorization", authorization);
    }
    var relay = new SocketRelay();
    try {
      socket
          .buildAsync(URI.create(address(node).replaceFirst("^http", "ws") + target), relay)
          .get(SOCKET.plus(CONNECT).toSeconds(), TimeUnit.SECONDS);
      return relay;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        throw refusal(refused.getResponse().statusCode());
      }
      LOG.warn("Node {} at {} can't be reached: {}", node.address(), node.url(), e.toString());
      throw unreachable(node);
    } catch (TimeoutException e) {
      LOG.warn("Node {} at {} did not open a socket", node.address(), node.url());
      throw unreachable(node);
    }
  }

  /** The owner's refusal, of which only the status is known. */
  private static RuntimeException refusal(int status) {
    return Problem.of(
            status,
            status == HttpStatus.NOT_FOUND.getCode() ? "stream_not_found" : "refused",
            "The node that owns this stream refused the socket with status %d.".formatted(status))
        .asException();
  }

  /**
   * Forwards a call whose body names a session.
   *
   * @param patience maximum wait for the answer
   * @return false where this node owns the session, and must answer
   */
  public boolean forward(Context context, SessionId session, Duration patience)
      throws IOException, InterruptedException {
    Optional<Node> owner = owner(context, session);
    if (owner.isPresent()) {
      forward(context, owner.get(), patience);
    }
    return owner.isPresent();
  }

  /**
   * @param place empty for this node
   */
  private Route answeredAt(Route route, Function<Context, Optional<Node>> place) {
    return new Route(
        route.method(),
        route.path(),
        route.access(),
        context -> {
          Optional<Node> elsewhere = place.apply(context);
          if (elsewhere.isEmpty()) {
            route.handler().handle(context);
          } else {
            forward(context, elsewhere.get(), ANSWER);
          }
        });
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  /** The node in the path; empty for this node, and where this node must refuse the call. */
  private Optional<Node> named(Context context) {
    Optional<Cluster> cluster = sessions.cluster();
    String id = context.pathParam(NodesApi.NODE);
    if (cluster.isEmpty()
        || cluster.get().id().equals(id)
        || ForwardedCallers.isForwarded(context)) {
      return Optional.empty();
    }
    return cluster.get().nodes().stream().filter(node -> node.id().equals(id)).findFirst();
  }

  private Optional<Node> target(Context context, boolean starts) {
    Optional<SessionId> session = session(context);
    if (session.isEmpty()) {
      return Optional.empty();
    }
    Optional<Node> owner = owner(context, session.get());
    boolean forwarded = ForwardedCallers.isForwarded(context);
    return starts && !forwarded && owner.isEmpty() ? sessions.place(session.get()) : owner;
  }

  private Optional<Node> owner(Context context, SessionId session) {
    Optional<Node> owner = sessions.otherOwner(session);
    if (owner.isPresent() && ForwardedCallers.isForwarded(context)) {
      throw Problem.of(
              HttpStatus.SERVICE_UNAVAILABLE.getCode(),
              "moved",
              "The session is moving to another node. Try again in a few seconds.")
          .retryAfter(RETRY)
          .asException();
    }
    return owner;
  }

  private Optional<SessionId> session(Context context) {
    Map<String, String> parameters = context.pathParamMap();
    return SESSION.stream()
        .flatMap(name -> Optional.ofNullable(parameters.get(name)).stream())
        .flatMap(text -> SessionId.parse(text).stream())
        .findFirst()
        .or(
            () ->
                Optional.ofNullable(parameters.get(INCIDENT))
                    .flatMap(id -> sessions.watches().incidents().find(id))
                    .map(Incident::session));
  }

  private void forward(Context context, Node node, Duration patience)
      throws IOException, InterruptedException {
    byte[] body = SignedBody.keep(context);
    String method = context.req().getMethod();
    String target = SignedCallers.target(context);
    String header = signed(context, node, method, target, body);
    var request =
        HttpRequest.newBuilder(URI.create(address(node) + target))
            .timeout(patience)
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
            .header(ForwardSignature.HEADER, header);
    for (String name : SENT) {
      String value = context.header(name);
      if (value != null) {
        request.header(name, value);
      }
    }
    HttpResponse<InputStream> answer;
    try {
      answer = http.send(request.build(), BodyHandlers.ofInputStream());
    } catch (IOException e) {
      LOG.warn("Node {} at {} can't be reached: {}", node.address(), node.url(), e.toString());
      throw unreachable(node);
    }
    answers.send(() -> pass(answer, context));
  }

  private String signed(Context context, Node node, String method, String target, byte[] body) {
    return signature.sign(
        ForwardSignature.Call.of(method, target, body),
        node.id(),
        CallerToken.write(
            Caller.of(context), keys.apply(context), ForwardedCallers.address(context)),
        clock.now());
  }

  private static String address(Node node) {
    return node.url().replaceAll("/$", "");
  }

  private static void pass(HttpResponse<InputStream> answer, Context context) throws IOException {
    context.status(answer.statusCode());
    ReturnedHeaders.pass(answer.headers(), context);
    try (InputStream in = answer.body()) {
      OutputStream out = context.res().getOutputStream();
      byte[] buffer = new byte[BUFFER];
      int read = in.read(buffer);
      while (read >= 0) {
        out.write(buffer, 0, read);
        // A live picture must not wait for the next one.
        out.flush();
        read = in.read(buffer);
      }
    }
  }

  private static RuntimeException unreachable(Node node) {
    return Problem.of(
            HttpStatus.SERVICE_UNAVAILABLE.getCode(),
            "node_unreachable",
            ("Node %s can't be reached. If it is down, another node takes over its"
                    + " sessions. Try again in a few seconds.")
                .formatted(node.address()))
        .retryAfter(RETRY)
        .asException();
  }
}
