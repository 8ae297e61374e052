package framewise.server.service.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.model.Request;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import framewise.server.service.AccessFixture;
import framewise.server.service.EventClient;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import framewise.server.service.contract.Contract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class EndpointsGetNoticesTest {
  private static final Contract CONTRACT = new Contract("openapi.yaml", "");

  @TempDir static Path folder;
  private static RunningService service;
  private static TestClient client;
  private static HttpServer receiver;
  private static final BlockingQueue<Map<String, String>> CALLS = new LinkedBlockingQueue<>();
  private static final Semaphore SLOW = new Semaphore(0);

  @BeforeAll
  static void start() throws Exception {
    service =
        RunningService.on(
            folder.resolve("data"), ScriptedBackend.echo(), Map.of("FRAMEWISE_URL_SOURCES", "any"));
    client = service.client();
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/hook",
        call -> {
          String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          CALLS.add(
              Map.of(
                  "body",
                  body,
                  "signature",
                  String.valueOf(call.getRequestHeaders().getFirst("webhook-signature")),
                  "authorization",
                  String.valueOf(call.getRequestHeaders().getFirst("Authorization"))));
          if (body.contains("of the endpoint Slow")) {
            SLOW.acquireUninterruptibly();
          }
          call.sendResponseHeaders(body.contains("\"stopped\"") ? 500 : 204, -1);
          call.close();
        });
    receiver.start();
  }

  @AfterAll
  static void stop() {
    receiver.stop(0);
    service.close();
  }

  private static String url() {
    return "http://127.0.0.1:%d/hook".formatted(receiver.getAddress().getPort());
  }

  private static JsonNode made(String more) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.post(
            "/endpoints",
            "{\"name\":\"Hook\",\"kind\":\"webhook\",\"url\":\"%s\"%s}".formatted(url(), more));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    CONTRACT.fits(Request.Method.POST, "/endpoints", answer);
    return TestClient.json(answer);
  }

  private static Map<String, String> next() throws InterruptedException {
    Map<String, String> call = CALLS.poll(60, TimeUnit.SECONDS);
    assertThat(call).isNotNull();
    return call;
  }

  @Test
  void theSecretIsShownOnceAndTheTestIsSigned() throws Exception {
    JsonNode made = made(",\"headers\":{\"Authorization\":\"Bearer planted-token\"}");
    String id = made.path("id").asText();
    String secret = made.path("secret").asText();
    assertThat(secret).startsWith("whsec_");
    var shown = client.get("/endpoints/" + id);
    CONTRACT.fits(Request.Method.GET, "/endpoints/" + id, shown);
    assertThat(shown.body()).doesNotContain(secret).doesNotContain("planted-token");
    assertThat(TestClient.json(shown).path("secret_ends_with").asText())
        .isEqualTo(secret.substring(secret.length() - 4));
    assertThat(client.get("/endpoints").body()).contains(id).doesNotContain("planted-token");

    var tested = client.post("/endpoints/" + id + "/test", "");
    CONTRACT.fits(Request.Method.POST, "/endpoints/" + id + "/test", tested);
    assertThat(TestClient.json(tested).path("state").asText()).isEqualTo("delivered");
    Map<String, String> call = next();
    assertThat(call.get("body")).contains("\"type\":\"test.ping\"");
    assertThat(call.get("authorization")).isEqualTo("Bearer planted-token");

    var rotated = client.post("/endpoints/" + id + "/rotate", "");
    CONTRACT.fits(Request.Method.POST, "/endpoints/" + id + "/rotate", rotated);
    assertThat(TestClient.json(rotated).path("secret").asText()).isNotEqualTo(secret);
    client.post("/endpoints/" + id + "/test", "");
    assertThat(String.valueOf(next().get("signature")).split(" ")).hasSize(2);
    assertThat(client.delete("/endpoints/" + id).statusCode()).isEqualTo(204);
    assertThat(client.get("/endpoints/" + id).statusCode()).isEqualTo(404);
  }

  @Test
  void statusChangesAreDeliveredAndFailuresReplayed() throws Exception {
    JsonNode made = made(",\"types\":[\"session.*\"]");
    String id = made.path("id").asText();
    Path video = TestVideos.moving(folder, 2);
    String session =
        client.stream(video, "{\"prompt\":\"a\",\"loop\":true,\"backend\":\"builtin\"}");
    assertThat(next().get("body")).contains("session.status", session, "streaming");
    client.post("/stop-stream/" + session, "");
    assertThat(next().get("body")).contains("\"stopped\"");
    // The receiver answers 500 to this notice: the delivery waits for a retry while its endpoint is
    // disabled.
    client.send(
        client
            .to("/endpoints/" + id, "Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString("{\"enabled\":false}")));
    var failed = client.get("/deliveries?state=failed&endpoint=" + id);
    CONTRACT.fits(Request.Method.GET, "/deliveries", failed);
    JsonNode dead = TestClient.json(failed).path("deliveries").path(0);
    assertThat(dead.path("error").asText()).contains("disabled");
    String replay = "/deliveries/" + dead.path("id").asText() + "/replay";
    assertThat(client.post(replay, "").statusCode()).isEqualTo(409);
    client.send(
        client
            .to("/endpoints/" + id, "Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString("{\"enabled\":true}")));
    var replayed = client.post(replay, "");
    CONTRACT.fits(Request.Method.POST, replay, replayed);
    assertThat(next().get("body")).contains("\"stopped\"");
    String since = "/endpoints/" + id + "/replay?since=2026-01-01T00:00:00Z&delivered=true";
    var all = client.post(since, "");
    assertThat(TestClient.json(all).path("queued").asInt()).isPositive();
    client.delete("/endpoints/" + id);
    CALLS.clear();
    client.delete("/sessions/" + session);
  }

  /** Seen: any number of tests of one endpoint could wait at the same time, each of them stored. */
  @Test
  void oneTestRunsAtATime() throws Exception {
    String id =
        TestClient.json(
                client.post(
                    "/endpoints",
                    "{\"name\":\"Slow\",\"kind\":\"webhook\",\"url\":\"%s\"}".formatted(url())))
            .path("id")
            .asText();
    String test = "/endpoints/" + id + "/test";
    CALLS.clear();
    var first = CompletableFuture.supplyAsync(() -> tested(test));
    assertThat(next().get("body")).contains("of the endpoint Slow");
    HttpResponse<String> second = client.post(test, "");
    assertThat(second.statusCode()).isEqualTo(429);
    assertThat(second.body()).contains("test_running");
    CONTRACT.fits(Request.Method.POST, test, second);
    SLOW.release(100);
    assertThat(first.get(60, TimeUnit.SECONDS)).isEqualTo(200);
    assertThat(client.post(test, "").statusCode()).isEqualTo(200);
    CALLS.clear();
    client.delete("/endpoints/" + id);
  }

  /** Seen: the test's request failed with HTTP 500 after 16 s. */
  @Test
  void deletingAnEndpointEndsItsTest() throws Exception {
    String id =
        TestClient.json(
                client.post(
                    "/endpoints",
                    "{\"name\":\"Slow\",\"kind\":\"webhook\",\"url\":\"%s\"}".formatted(url())))
            .path("id")
            .asText();
    CALLS.clear();
    SLOW.drainPermits();
    var test = CompletableFuture.supplyAsync(() -> tested("/endpoints/" + id + "/test"));
    assertThat(next().get("body")).contains("of the endpoint Slow");
    try {
      assertThat(client.delete("/endpoints/" + id).statusCode()).isEqualTo(204);
      assertThat(test.get(60, TimeUnit.SECONDS)).isEqualTo(404);
    } finally {
      SLOW.release();
      CALLS.clear();
    }
  }

  private static int tested(String path) {
    try {
      return client.post(path, "").statusCode();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void everyInvalidFieldIsNamed() throws Exception {
    var answer =
        client.post(
            "/endpoints",
            """
            {"name": "", "kind": "webhook", "url": "ftp://host/", "secret": "whsec_short",
             "types": ["Incident"], "headers": {"Content-Length": "5", "X": "a\\nb"}}
            """);
    assertThat(answer.statusCode()).isEqualTo(422);
    CONTRACT.fits(Request.Method.POST, "/endpoints", answer);
    assertThat(TestClient.json(answer).path("errors").findValuesAsText("field"))
        .contains("name", "url", "secret", "types", "headers");
    assertThat(client.post("/endpoints", "{\"kind\":\"pigeon\"}").body())
        .contains("kind must be webhook, mqtt or ntfy");
    assertThat(client.get("/deliveries?state=gone").statusCode()).isEqualTo(422);
    assertThat(client.post("/deliveries/7000/replay", "").statusCode()).isEqualTo(404);
  }

  @Test
  void loopbackNeedsASetting() throws Exception {
    try (var strict = RunningService.on(folder.resolve("strict"), ScriptedBackend.echo())) {
      var answer =
          strict
              .client()
              .post(
                  "/endpoints",
                  "{\"name\":\"Hook\",\"kind\":\"webhook\",\"url\":\"%s\"}".formatted(url()));
      assertThat(answer.statusCode()).isEqualTo(422);
      assertThat(answer.body()).contains("FRAMEWISE_URL_SOURCES");
    }
  }

  @Test
  void operatorsSeeTheirOwnEndpointsAndSessions() throws Exception {
    try (var shared =
        RunningService.on(
            folder.resolve("shared"),
            ScriptedBackend.echo(),
            Map.of("FRAMEWISE_URL_SOURCES", "any"))) {
      var access = new AccessFixture(shared.client());
      String[] maker = access.key("operator");
      String[] stranger = access.key("operator");
      String body =
          "{\"name\":\"Hook\",\"kind\":\"webhook\",\"url\":\"%s\",\"types\":[\"session.*\"]}"
              .formatted(url());
      String id =
          TestClient.json(AccessFixture.ok(access.post("/endpoints", body, maker)))
              .path("id")
              .asText();
      assertThat(shared.client().get("/endpoints/" + id, maker).statusCode()).isEqualTo(200);
      assertThat(shared.client().get("/endpoints/" + id, stranger).statusCode()).isEqualTo(404);
      assertThat(shared.client().get("/endpoints", stranger).body()).doesNotContain(id);
      assertThat(shared.client().get("/deliveries?endpoint=" + id, stranger).statusCode())
          .isEqualTo(404);
      assertThat(shared.client().get("/endpoints", access.admin().headers()).body()).contains(id);
      assertThat(shared.client().get("/endpoints", access.key("viewer")).statusCode())
          .isEqualTo(403);

      Path video = TestVideos.moving(folder, 2);
      var uploaded =
          shared
              .client()
              .send(
                  shared
                      .client()
                      .to(
                          "/upload-video",
                          "Content-Type",
                          "multipart/form-data; boundary=" + TestClient.boundary(),
                          stranger[0],
                          stranger[1])
                      .POST(TestClient.form("file", "a.mp4", BodyPublishers.ofFile(video))));
      String session = TestClient.json(uploaded).path("session_id").asText();
      AccessFixture.ok(
          access.post(
              "/start-stream/" + session, "{\"prompt\":\"a\",\"pace\":\"fast\"}", stranger));
      String all = "/events?since=0&follow=false";
      assertThat(shared.client().get(all, stranger).body()).contains(session);
      assertThat(shared.client().get(all, maker).body()).doesNotContain(session);
      assertThat(shared.client().get("/deliveries", maker).body()).doesNotContain(session);
    }
  }

  @Test
  void allNoticesAreOneResumableStream() throws Exception {
    Path video = TestVideos.moving(folder, 2);
    EventClient socket = client.socket("/events");
    String first = client.stream(video, "{\"prompt\":\"a\",\"pace\":\"fast\"}");
    String second = client.stream(video, "{\"prompt\":\"a\",\"pace\":\"fast\"}");
    client.socket("/ws/" + first).untilEnd();
    client.socket("/ws/" + second).untilEnd();
    assertThat(socket.next("session.status").path("data").path("status").asText())
        .isEqualTo("streaming");
    String stream = client.get("/events?since=0&follow=false").body();
    assertThat(stream).contains(first, second, "finished");
    List<String> ids =
        stream
            .lines()
            .filter(line -> line.startsWith("id: "))
            .map(line -> line.substring(4))
            .toList();
    String rest = client.get("/events?follow=false", "Last-Event-ID", ids.get(1)).body();
    assertThat(rest.lines().filter(line -> line.startsWith("id: ")).map(line -> line.substring(4)))
        .isEqualTo(ids.subList(2, ids.size()));
    assertThat(client.get("/events?since=999999").statusCode()).isEqualTo(422);
  }

  @Test
  void deliveriesAreMeasured() throws Exception {
    assertThat(client.get("/metrics").body())
        .contains(
            "framewise_deliveries_total{outcome=\"delivered\"}",
            "framewise_deliveries_waiting",
            "framewise_deliveries_oldest_seconds",
            "framewise_endpoints_off");
  }
}
