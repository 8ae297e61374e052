package framewise.server.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import framewise.server.api.Api;
import framewise.server.config.network.Origins;
import framewise.server.config.network.ProxyTrust;
import framewise.server.guard.Cors;
import framewise.server.guard.OwnNames;
import framewise.server.guard.PageRules;
import framewise.server.guard.RequestGuard;
import framewise.server.http.Admission;
import framewise.server.http.ErrorForm;
import framewise.server.http.Route;
import framewise.server.http.RouteAccess;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Regression: some thousand clients that sent a few bytes and then hardly anything delayed all
 * others.
 */
class SlowClientsAreCutOffTest {
  private static final int MAX_COUNT = 20;
  private static final int SHARE = MAX_COUNT * 3 / 4;
  private static final ConnectionLimits LIMITS =
      new ConnectionLimits(MAX_COUNT, Duration.ofSeconds(2), Duration.ofSeconds(1), 1_000);

  private static final Queue<String> refused = new ConcurrentLinkedQueue<>();
  private static final CountDownLatch released = new CountDownLatch(1);
  private static Connections connections;
  private static Javalin server;

  private final List<Socket> sockets = new ArrayList<>();

  @BeforeAll
  static void start() {
    var pages = new PageRules(Origins.NONE, Set.of(), path -> false);
    connections = new Connections(LIMITS, new ProxyTrust(List.of(), ""), refused::add);
    server =
        Api.create(
            "127.0.0.1",
            0,
            Optional.empty(),
            connections,
            new RequestGuard(
                new OwnNames(Set::of, Set::of, System::nanoTime),
                pages,
                ErrorForm.NONE,
                refused::add),
            new Cors(pages),
            List.of(
                Route.get("/hello", RouteAccess.PUBLIC, context -> context.result("hello")),
                Route.post("/count", RouteAccess.PUBLIC, SlowClientsAreCutOffTest::count),
                Route.get("/long", RouteAccess.PUBLIC, SlowClientsAreCutOffTest::keepGoing),
                Route.get("/held", RouteAccess.PUBLIC, SlowClientsAreCutOffTest::hold)),
            List.of(),
            Admission.ANYBODY,
            ErrorForm.NONE,
            (context, millis) -> {},
            () -> {});
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop();
  }

  @AfterEach
  void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    await().until(() -> connections.open() == 0);
    refused.clear();
  }

  @Test
  void slowHeaders() throws Exception {
    Socket slow = open();
    long begin = System.nanoTime();
    boolean cut = false;
    send(slow, "GET /hello HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
    while (!cut && System.nanoTime() - begin < Duration.ofSeconds(20).toNanos()) {
      try {
        send(slow, "a");
        Thread.sleep(100);
      } catch (IOException closed) {
        cut = true;
      }
    }
    assertThat(cut).isTrue();
    assertThat(refused).contains("slow_head");
  }

  @Test
  void stalledBodies() throws Exception {
    Socket stuck = open();
    send(stuck, "POST /count HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nabc");
    assertThat(all(stuck))
        .startsWith("HTTP/1.1 408 ")
        .contains("application/problem+json", "did not arrive in time");
    assertThat(refused).containsExactly("slow_body");
  }

  @Test
  void slowBodies() throws Exception {
    Socket slow = open();
    send(slow, "POST /count HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n");
    Thread _ =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    while (true) {
                      send(slow, "abcdefghij");
                      Thread.sleep(100); // a tenth of the minimum rate
                    }
                  } catch (IOException | InterruptedException cut) {
                    // expected
                  }
                });
    assertThat(all(slow)).startsWith("HTTP/1.1 408 ");
    assertThat(refused).containsExactly("slow_body");
  }

  @Test
  void bodiesAtTheMinimumRateAreRead() throws Exception {
    Socket steady = open();
    send(
        steady,
        """
        POST /count HTTP/1.1\r
        Host: localhost\r
        Connection: close\r
        Content-Length: 20000\r
        \r
        """);
    for (int i = 0; i < 20; i++) {
      send(steady, "a".repeat(1_000));
      Thread.sleep(150);
    }
    assertThat(all(steady)).startsWith("HTTP/1.1 200 ").endsWith("20000");
    assertThat(refused).isEmpty();
  }

  @Test
  void slowResponsesAreKept() throws Exception {
    Socket patient = open();
    send(patient, "GET /long HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(all(patient)).startsWith("HTTP/1.1 200 ").endsWith("done");
    assertThat(refused).isEmpty();
  }

  @Test
  void idleConnectionsAreEvicted() throws Exception {
    for (int i = 0; i < 3 * MAX_COUNT; i++) {
      send(open(), "GET /hello HTTP/1.1\r\n");
    }
    await().until(() -> refused.size() >= 3 * MAX_COUNT - SHARE);
    assertThat(connections.open()).isLessThanOrEqualTo(SHARE);
    Socket one = open();
    send(one, "GET /hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(all(one)).startsWith("HTTP/1.1 200 ").endsWith("hello");
  }

  @Test
  void activeConnectionsAreNotEvicted() throws Exception {
    String request = "GET /held HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    List<Socket> busy = new ArrayList<>();
    for (int i = 0; i < SHARE; i++) {
      busy.add(open());
      send(busy.getLast(), request);
      int sent = i + 1;
      await().until(() -> connections.busy() == sent);
    }
    assertThat(all(open())).as("one more of the same client").isEmpty();
    released.countDown();
    for (Socket socket : busy) {
      assertThat(all(socket)).endsWith("done");
    }
    assertThat(refused).containsExactly("connections");
  }

  /**
   * Otherwise, each wave of half-open requests would make the service refuse others for half a
   * minute.
   */
  @Test
  void slowBodiesAreCutOffSoonerUnderLoad() throws Exception {
    for (int i = 0; i < SHARE; i++) {
      send(open(), "POST /count HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n");
      int sent = i + 1;
      await().until(() -> connections.busy() == sent || !refused.isEmpty());
    }
    await()
        .untilAsserted(
            () -> {
              Socket one = open();
              send(one, "GET /hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
              assertThat(all(one)).endsWith("hello");
            });
    assertThat(refused).contains("slow_body");
  }

  @Test
  void headersCountTowardsTheLimit() throws Exception {
    for (int count : new int[] {150, 1_000}) {
      Socket one = open();
      send(
          one,
          "GET /hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
              + "a: b\r\n".repeat(count)
              + "\r\n");
      assertThat(all(one)).startsWith(count > 200 ? "HTTP/1.1 431 " : "HTTP/1.1 200 ");
    }
  }

  private Socket open() throws IOException {
    var socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), server.port());
    socket.setSoTimeout(30_000);
    sockets.add(socket);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String all(Socket socket) throws IOException {
    var text = new StringBuilder();
    try {
      InputStream in = socket.getInputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        text.append((char) next);
      }
    } catch (SocketException reset) {
      // The connection was reset, which discarded unread bytes.
    }
    return text.toString();
  }

  private static void count(Context context) throws IOException {
    context.result(Long.toString(context.req().getInputStream().readAllBytes().length));
  }

  private static void hold(Context context) throws InterruptedException {
    if (released.await(30, TimeUnit.SECONDS)) {
      context.result("done");
    }
  }

  private static void keepGoing(Context context) throws IOException, InterruptedException {
    var out = context.res().getOutputStream();
    for (int i = 0; i < 30; i++) {
      out.write('.');
      context.res().flushBuffer();
      Thread.sleep(100);
    }
    out.write("done".getBytes(StandardCharsets.US_ASCII));
  }
}
