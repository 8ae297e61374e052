package framewise.overshoot.v02;

import framewise.overshoot.OvershootUrl;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.websocket.WsConfig;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A server with the wire format of v0.2 over real sockets, which records its requests and
 * misbehaves on demand.
 */
final class StubService implements AutoCloseable {

  static final String PREFIX = "/api/v0.2";
  static final String CREATE = "POST /streams";
  static final String KEEPALIVE = "POST /streams/{id}/keepalive";
  static final String PROMPT = "PATCH /streams/{id}/config/prompt";
  static final String DELETE = "DELETE /streams/{id}";
  static final String FEEDBACK = "POST /streams/{id}/feedback";
  static final String FEEDBACKS = "GET /streams/feedback";
  static final String INFO = "GET /streams/{id}/info";
  static final String MODELS = "GET /models";
  static final String HEALTH = "GET /healthz";

  /** A request as received; its header names are in lower case. */
  record Seen(String route, String path, Map<String, String> headers, String body) {
    Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }
  }

  final BlockingQueue<Seen> requests = new LinkedBlockingQueue<>();

  /** The headers of every requested upgrade. */
  final BlockingQueue<Map<String, String>> upgrades = new LinkedBlockingQueue<>();

  final BlockingQueue<SocketPeer> sockets = new LinkedBlockingQueue<>();

  /** Opens when the stub closes, to release hanging replies. */
  final CountDownLatch over = new CountDownLatch(1);

  private final Map<String, Deque<StubReply>> once = new ConcurrentHashMap<>();
  private final Map<String, StubReply> always = new ConcurrentHashMap<>();
  private final Deque<Integer> refusedUpgrades = new ConcurrentLinkedDeque<>();
  private final Map<String, SocketPeer> open = new ConcurrentHashMap<>();
  private final Javalin server;

  StubService() {
    lease(300);
    always(
        KEEPALIVE,
        StubReply.json(200, "{\"status\":\"ok\",\"stream_id\":\"s1\",\"ttl_seconds\":300}"));
    always(
        PROMPT,
        StubReply.json(
            200, "{\"id\":\"c\",\"stream_id\":\"s1\",\"prompt\":\"q\",\"model\":\"m\"}"));
    always(DELETE, StubReply.json(200, "{\"status\":\"ok\"}"));
    always(FEEDBACK, StubReply.json(200, "{\"status\":\"ok\"}"));
    always(FEEDBACKS, StubReply.json(200, "[]"));
    always(
        INFO,
        StubReply.json(
            200, "{\"stream_id\":\"s1\",\"source_type\":\"webrtc\",\"state\":\"active\"}"));
    always(MODELS, StubReply.json(200, "[{\"model\":\"m\",\"ready\":true,\"status\":\"ready\"}]"));
    always(HEALTH, context -> context.result("ok"));
    server =
        Javalin.create(
            config -> {
              config.concurrency.useVirtualThreads = true;
              config.startup.showJavalinBanner = false;
              config.startup.showOldJavalinVersionWarning = false;
              config.routes.post(PREFIX + "/streams", context -> answer(CREATE, context));
              config.routes.post(
                  PREFIX + "/streams/{id}/keepalive", context -> answer(KEEPALIVE, context));
              config.routes.patch(
                  PREFIX + "/streams/{id}/config/prompt", context -> answer(PROMPT, context));
              config.routes.delete(PREFIX + "/streams/{id}", context -> answer(DELETE, context));
              config.routes.post(
                  PREFIX + "/streams/{id}/feedback", context -> answer(FEEDBACK, context));
              config.routes.get(
                  PREFIX + "/streams/feedback", context -> answer(FEEDBACKS, context));
              config.routes.get(PREFIX + "/streams/{id}/info", context -> answer(INFO, context));
              config.routes.get(PREFIX + "/models", context -> answer(MODELS, context));
              config.routes.get(PREFIX + "/healthz", context -> answer(HEALTH, context));
              config.routes.wsBeforeUpgrade(PREFIX + "/ws/streams/{id}", this::upgrade);
              config.routes.ws(PREFIX + "/ws/streams/{id}", this::socket);
            });
    server.start("127.0.0.1", 0);
  }

  String url() {
    return "http://127.0.0.1:" + server.port() + PREFIX;
  }

  OvershootUrl base() {
    return OvershootUrl.of(url());
  }

  /** Sets the lease of streams from now on; 0 for none. */
  void lease(int seconds) {
    String lease = seconds == 0 ? "null" : "{\"ttl_seconds\":" + seconds + "}";
    always(
        CREATE,
        StubReply.json(
            201,
            "{\"stream_id\":\"s1\",\"webrtc\":{\"type\":\"answer\",\"sdp\":\"v=0 answer\"},\"lease\":"
                + lease
                + "}"));
  }

  /** Sets a route's default reply. */
  void always(String route, StubReply reply) {
    always.put(route, reply);
  }

  /** Sets a route's next replies, before its default. */
  void once(String route, StubReply... replies) {
    for (StubReply reply : replies) {
      once.computeIfAbsent(route, key -> new ConcurrentLinkedDeque<>()).add(reply);
    }
  }

  /** Refuses the next upgrades with these statuses. */
  void refuseUpgrades(int... statuses) {
    for (int status : statuses) {
      refusedUpgrades.add(status);
    }
  }

  /** The next request on this route; earlier ones are skipped. */
  Seen request(String route) throws Exception {
    while (true) {
      Seen seen = Optional.ofNullable(requests.poll(60, TimeUnit.SECONDS)).orElseThrow();
      if (seen.route().equals(route)) {
        return seen;
      }
    }
  }

  /** How many requests on this route were received but not read by the test. */
  long unasked(String route) {
    return requests.stream().filter(seen -> seen.route().equals(route)).count();
  }

  /** The next results socket, after its first message. */
  SocketPeer socket() throws Exception {
    SocketPeer peer = Optional.ofNullable(sockets.poll(60, TimeUnit.SECONDS)).orElseThrow();
    peer.message();
    return peer;
  }

  private void answer(String route, Context context) throws Exception {
    Map<String, String> headers =
        context.headerMap().entrySet().stream()
            .collect(
                Collectors.toMap(
                    entry -> entry.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
    requests.add(new Seen(route, context.req().getRequestURI(), headers, context.body()));
    Deque<StubReply> scripted = once.getOrDefault(route, new ConcurrentLinkedDeque<>());
    StubReply reply = scripted.poll();
    (reply == null ? Objects.requireNonNull(always.get(route)) : reply).to(context);
  }

  private void upgrade(Context context) {
    upgrades.add(Map.copyOf(context.headerMap()));
    Integer status = refusedUpgrades.poll();
    if (status != null) {
      throw new io.javalin.http.HttpResponseException(status, "refused");
    }
  }

  private void socket(WsConfig socket) {
    socket.onConnect(
        context -> {
          SocketPeer peer = new SocketPeer(context);
          open.put(context.sessionId(), peer);
          sockets.add(peer);
        });
    socket.onMessage(context -> peer(context.sessionId()).messages.add(context.message()));
    socket.onClose(context -> peer(context.sessionId()).closed.complete(context.status()));
  }

  private SocketPeer peer(String sessionId) {
    return Objects.requireNonNull(open.get(sessionId));
  }

  @Override
  public void close() {
    over.countDown();
    server.stop();
  }
}
