package framewise.server.service.overshoot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.server.service.EventClient;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.publish.VideoSender;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sockets that connect late, reconnect or have no access, and streams whose senders have
 * disconnected.
 */
class ResultsReachAuthorizedClientsTest {
  @TempDir Path folder;
  private RunningService service;
  private OvershootClient app;
  private OvershootClient other;

  @BeforeEach
  void start() throws Exception {
    service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo());
    app = new OvershootClient(service.client(), OvershootClient.KEY);
    other = new OvershootClient(service.client(), "ovs_other");
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void lateAndReturningClientsGetEverythingOnce() throws Exception {
    try (var sender = new VideoSender()) {
      String id = app.created(sender).required("stream_id").asText();
      await().atMost(Duration.ofSeconds(30)).until(() -> completed(id) >= 3);
      List<String> got = new ArrayList<>();
      EventClient first = app.results(id);
      for (int i = 0; i < 4; i++) {
        got.add(EventClient.parse(first.next()).path("result").asText());
      }
      assertThat(got.getFirst()).isEqualTo("what is it #0");
      first.cut();
      await().atMost(Duration.ofSeconds(60)).until(() -> sockets() == 0);
      long before = completed(id);
      await().atMost(Duration.ofSeconds(30)).until(() -> completed(id) > before + 1);
      EventClient second = app.results(id);
      String next = EventClient.parse(second.next()).path("result").asText();
      // A message in flight when the connection was cut may be lost.
      assertThat(got).doesNotContain(next);
      assertThat(number(next)).isLessThanOrEqualTo(before);

      EventClient third = app.results(id);
      JsonNode seenByTwo = EventClient.parse(third.next());
      second.until(result -> result.path("id").equals(seenByTwo.path("id")));
    }
  }

  @Test
  void fiveReconnectsAfterARefusalAreHarmless() throws Exception {
    try (var sender = new VideoSender()) {
      String id = app.created(sender).required("stream_id").asText();
      EventClient good = app.results(id);
      for (int times = 0; times < 6; times++) {
        EventClient refused = other.results(id);
        assertThat(refused.closed().code()).isEqualTo(1008);
        assertThat(refused.closed().reason()).contains("no such stream");
      }
      assertThat(app.results("no-stream").closed().code()).isEqualTo(1008);
      assertThat(EventClient.parse(good.next()).path("ok").asBoolean()).isTrue();

      app.call("DELETE", "/streams/" + id, "");
      for (int times = 0; times < 5; times++) {
        assertThat(app.results(id).closed())
            .isEqualTo(new EventClient.Closed(1001, "stream ended: client_requested"));
      }
    }
  }

  @Test
  void invalidFirstMessages() throws Exception {
    for (String hello :
        new String[] {
          "", "{", "[]", "{\"api_key\":\"\"}", "{\"api_key\":7,\"x\":1}", "{}", "null"
        }) {
      EventClient socket = app.socket("x");
      socket.say(hello);
      assertThat(socket.closed().code()).as(hello).isEqualTo(1008);
    }
    EventClient large = app.socket("x");
    large.say("x".repeat(9 << 10));
    assertThat(large.closed().code()).isEqualTo(1009);
  }

  @Test
  void connectionsWithoutAKeyAreLimited() throws Exception {
    // Clients on this machine may use three quarters of the 256 slots, because all clients of a
    // local proxy share its address.
    List<EventClient> opened = openedAtOnce(192 + 20);
    await().atMost(Duration.ofSeconds(30)).until(() -> !turnedAway(opened).isEmpty());
    opened.removeAll(turnedAway(opened));
    // Fewer when some have timed out before the last one connected.
    assertThat(opened).hasSizeBetween(192, 192 + 19);

    opened.forEach(socket -> socket.say("{}"));
    for (EventClient socket : opened) {
      assertThat(socket.closed().code()).isIn(1008, 1013);
    }
    EventClient next = app.socket("x");
    next.say("{}");
    assertThat(next.closed().code()).isEqualTo(1008);
  }

  @Test
  void silentClientsAreDisconnected() throws Exception {
    try (var sender = new VideoSender()) {
      EventClient silent = app.socket("x");
      ObjectNode order = OvershootClient.quickOrder(sender.offer());
      HttpResponse<String> created = app.create(order);
      String id = TestClient.json(created).required("stream_id").asText();
      EventClient waiting = app.results(id);
      await()
          .pollInterval(Duration.ofSeconds(2))
          .atMost(Duration.ofSeconds(40))
          .until(() -> app.call("POST", "/streams/" + id + "/keepalive", "").statusCode() == 404);
      assertThat(waiting.closed())
          .isEqualTo(new EventClient.Closed(1001, "stream ended: webrtc_disconnected"));
      assertThat(silent.closed().code()).isEqualTo(1008);
      assertThat(silent.closed().reason()).contains("10 seconds");
    }
  }

  @Test
  void aVanishedPeerEndsWithItsLease() throws Exception {
    var lease = Map.of("FRAMEWISE_LEASE_SECONDS", "5");
    try (var brief = RunningService.on(folder.resolve("brief"), ScriptedBackend.echo(), lease);
        var sender = new VideoSender()) {
      var client = new OvershootClient(brief.client(), OvershootClient.KEY);
      JsonNode created = client.created(sender);
      assertThat(created.path("lease").toString()).isEqualTo("{\"ttl_seconds\":5}");
      String id = created.required("stream_id").asText();
      EventClient socket = client.results(id);
      socket.next();
      sender.pause();
      assertThat(socket.closed())
          .isEqualTo(new EventClient.Closed(1001, "stream ended: lease_expired"));
      assertThat(client.call("POST", "/streams/" + id + "/keepalive", "").statusCode())
          .isEqualTo(404);
      assertThat(client.get("/streams/" + id + "/info").statusCode()).isEqualTo(404);
      JsonNode session = TestClient.json(brief.client().get("/sessions/" + id));
      assertThat(session.path("status").asText()).isEqualTo("stopped");
      assertThat(session.path("reason").asText()).contains("lease");
      assertThat(brief.client().get("/metrics").body())
          .contains("framewise_overshoot_streams_ended_total{reason=\"lease_expired\"} 1.0")
          .contains("framewise_overshoot_streams_open 0.0");
    }
  }

  @Test
  void aClosedSenderEndsDespiteItsLease() throws Exception {
    var sender = new VideoSender();
    String id = app.created(sender).required("stream_id").asText();
    EventClient socket = app.results(id);
    socket.next();
    sender.close();
    // The client keeps renewing the lease.
    await()
        .pollInterval(Duration.ofSeconds(2))
        .atMost(Duration.ofSeconds(60))
        .until(() -> app.call("POST", "/streams/" + id + "/keepalive", "").statusCode() == 404);
    assertThat(socket.closed())
        .isEqualTo(new EventClient.Closed(1001, "stream ended: webrtc_disconnected"));
  }

  private List<EventClient> openedAtOnce(int sockets) throws Exception {
    try (var together = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<EventClient>> opening =
          Stream.generate(() -> together.submit(() -> app.socket("x"))).limit(sockets).toList();
      List<EventClient> opened = new ArrayList<>();
      for (Future<EventClient> socket : opening) {
        opened.add(socket.get());
      }
      return opened;
    }
  }

  private static List<EventClient> turnedAway(List<EventClient> sockets) throws Exception {
    List<EventClient> away = new ArrayList<>();
    for (EventClient socket : sockets) {
      if (socket.isClosed() && socket.closed().code() == 1013) {
        away.add(socket);
      }
    }
    return away;
  }

  private long completed(String id) throws Exception {
    return TestClient.json(app.get("/streams/" + id + "/info"))
        .path("inferences_completed")
        .asLong();
  }

  private int sockets() throws Exception {
    return service
        .client()
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("framewise_overshoot_sockets "))
        .map(line -> (int) Double.parseDouble(line.substring(line.indexOf(' '))))
        .findFirst()
        .orElseThrow();
  }

  private static long number(String result) {
    return Long.parseLong(result.substring(result.indexOf('#') + 1));
  }
}
