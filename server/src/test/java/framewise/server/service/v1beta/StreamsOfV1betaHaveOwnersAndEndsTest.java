package framewise.server.service.v1beta;

import static java.net.http.HttpRequest.BodyPublishers.noBody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.AccessFixture;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.watch.ShiftedClock;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StreamsOfV1betaHaveOwnersAndEndsTest {
  private static final String CHAT =
      "{\"model\":\"x\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\","
          + "\"image_url\":{\"url\":\"ovs://streams/%s?frame_index=-1\"}}]}]}";

  @TempDir Path folder;

  @Test
  void otherKeysCannotSeeOrUseAStream() throws Exception {
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo())) {
      TestClient client = service.client();
      var access = new AccessFixture(client);
      String[] owner = access.key("operator");
      String[] other = access.key("operator");
      String id = TestClient.json(send(client, "/v1beta/streams", "{}", owner)).path("id").asText();
      HttpResponse<String> denied =
          send(client, "/v1beta/chat/completions", CHAT.formatted(id), other);
      // The same error as for a missing stream, so that nobody learns which ids exist.
      assertThat(denied.statusCode()).isEqualTo(404);
      var none = UUID.randomUUID().toString();
      assertThat(denied.body().replace(id, none))
          .isEqualTo(send(client, "/v1beta/chat/completions", CHAT.formatted(none), other).body());
      assertThat(send(client, "/v1beta/chat/completions", CHAT.formatted(id), owner).statusCode())
          .isEqualTo(409);
      String stream = "/v1beta/streams/" + id;
      assertThat(client.get(stream, owner).statusCode()).isEqualTo(200);
      assertThat(client.get(stream, other).statusCode()).isEqualTo(404);
      assertThat(send(client, stream + "/keepalive", "", other).statusCode()).isEqualTo(404);
      assertThat(client.send(client.to(stream, other).DELETE()).statusCode()).isEqualTo(404);
      HttpResponse<String> nobody = client.post("/v1beta/chat/completions", CHAT.formatted(id));
      assertThat(nobody.statusCode()).isEqualTo(401);
      assertThat(TestClient.json(nobody).path("detail").asText()).contains("API key");
    }
  }

  /** Seen: a viewer's questions were written to the owner's log and used the owner's budget. */
  @Test
  void viewersCannotAsk() throws Exception {
    try (var service = RunningService.on(folder.resolve("data"), ScriptedBackend.echo())) {
      TestClient client = service.client();
      var access = new AccessFixture(client);
      var owner = access.account("Olga", "operator");
      var other = access.account("Omar", "operator");
      String id =
          TestClient.json(
                  AccessFixture.ok(
                      client.send(client.to("/sessions/demo", owner.headers()).POST(noBody()))))
              .path("session_id")
              .asText();
      AccessFixture.ok(
          access.post("/sessions/" + id + "/shares", "{\"account\":\"Omar\"}", owner.headers()));
      assertThat(client.get("/sessions/" + id, other.headers()).statusCode()).isEqualTo(200);
      HttpResponse<String> denied =
          send(client, "/v1beta/chat/completions", CHAT.formatted(id), other.headers());
      assertThat(denied.statusCode()).isEqualTo(403);
      assertThat(denied.body()).contains("Only its owner can ask questions");
      assertThat(
              send(client, "/v1beta/chat/completions", CHAT.formatted(id), owner.headers())
                  .statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void leasesExpireAcrossARestart() throws Exception {
    var clock = new ShiftedClock();
    String id;
    try (var service = service(clock)) {
      TestClient client = service.client();
      id = TestClient.json(client.post("/v1beta/streams", "{}")).path("id").asText();
      clock.advance(Duration.ofSeconds(200));
      JsonNode renewed = TestClient.json(client.post("/v1beta/streams/" + id + "/keepalive", "{}"));
      assertThat(renewed.path("expires_at_ms").asLong())
          .isGreaterThan(clock.now().plusSeconds(200).toEpochMilli());
      clock.advance(Duration.ofSeconds(200));
    }
    try (var service = service(clock)) {
      TestClient client = service.client();
      String stream = "/v1beta/streams/" + id;
      assertThat(TestClient.json(client.get(stream)).path("state").asText()).isEqualTo("active");
      clock.advance(Duration.ofSeconds(200));
      await()
          .until(() -> TestClient.json(client.get(stream)).path("state").asText().equals("ended"));
      assertThat(TestClient.json(client.get(stream)).path("end_reason").asText())
          .isEqualTo("expired");
      assertThat(client.post(stream + "/keepalive", "").statusCode()).isEqualTo(404);
      clock.advance(Duration.ofHours(2));
      await().until(() -> client.get("/sessions/" + id).statusCode() == 404);
    }
  }

  /** Seen: one key used all slots, and nobody else could create a stream. */
  @Test
  void oneKeyCannotTakeAllPlaces() throws Exception {
    try (var service =
        RunningService.on(
            folder.resolve("data"),
            ScriptedBackend.echo(),
            Map.of("FRAMEWISE_MAX_STREAMS_PER_KEY", "2"))) {
      TestClient client = service.client();
      var access = new AccessFixture(client);
      String[] greedy = access.key("operator");
      for (int i = 0; i < 2; i++) {
        assertThat(send(client, "/v1/streams", "{}", greedy).statusCode()).isEqualTo(201);
      }
      HttpResponse<String> full = send(client, "/v1/streams", "{}", greedy);
      assertThat(full.statusCode()).isEqualTo(503);
      assertThat(full.body()).contains("FRAMEWISE_MAX_STREAMS_PER_KEY");
      assertThat(send(client, "/v1/streams", "{}", access.key("operator")).statusCode())
          .isEqualTo(201);
    }
  }

  /** Seen: 16 concurrent calls created 6 streams, although 5 were allowed. */
  @Test
  void concurrentCallsShareTheLimit() throws Exception {
    try (var service =
            RunningService.on(
                folder.resolve("data"),
                ScriptedBackend.echo(),
                Map.of("FRAMEWISE_MAX_STREAMS_PER_KEY", "5", "FRAMEWISE_MAX_STREAMS", "100"));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      TestClient client = service.client();
      var access = new AccessFixture(client);
      for (int round = 0; round < 6; round++) {
        String[] key = access.key("operator");
        var together = new CyclicBarrier(16);
        List<Future<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
          calls.add(
              threads.submit(
                  () -> {
                    together.await();
                    return send(client, "/v1beta/streams", "{}", key).statusCode();
                  }));
        }
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> call : calls) {
          statuses.add(call.get());
        }
        assertThat(statuses).containsOnly(201, 503);
        assertThat(statuses.stream().filter(status -> status == 201)).hasSize(5);
      }
    }
  }

  /** Seen: 40 concurrent calls of one key, for a camera that never answers, held all places. */
  @Test
  void streamsThatConnectCountToo() throws Exception {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var service =
            RunningService.on(
                folder.resolve("data"),
                ScriptedBackend.echo(),
                Map.of("FRAMEWISE_MAX_STREAMS_PER_KEY", "2", "FRAMEWISE_URL_SOURCES", "any"));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      TestClient client = service.client();
      var access = new AccessFixture(client);
      String[] key = access.key("operator");
      String pulled =
          "{\"source\":{\"type\":\"hls\",\"url\":\"http://127.0.0.1:%d/a.m3u8\"}}"
              .formatted(silent.getLocalPort());
      List<Future<HttpResponse<String>>> calls = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        calls.add(threads.submit(() -> send(client, "/v1beta/streams", pulled, key)));
      }
      await().until(() -> calls.stream().filter(Future::isDone).count() == 4);
      for (Future<HttpResponse<String>> call : calls.stream().filter(Future::isDone).toList()) {
        assertThat(call.get().statusCode()).as(call.get().body()).isEqualTo(503);
        assertThat(call.get().body()).contains("FRAMEWISE_MAX_STREAMS_PER_KEY");
      }
    }
  }

  @Test
  void openStreamsAreLimited() throws Exception {
    try (var service =
        RunningService.on(
            folder.resolve("data"), ScriptedBackend.echo(), Map.of("FRAMEWISE_MAX_STREAMS", "1"))) {
      TestClient client = service.client();
      assertThat(client.post("/v1/streams", "{}").statusCode()).isEqualTo(201);
      HttpResponse<String> full = client.post("/v1/streams", "{}");
      assertThat(full.statusCode()).isEqualTo(503);
      assertThat(TestClient.json(full).path("detail").asText()).contains("FRAMEWISE_MAX_STREAMS");
    }
  }

  private RunningService service(ShiftedClock clock) throws Exception {
    return RunningService.on(folder.resolve("data"), ScriptedBackend.echo(), Map.of(), clock);
  }

  private static HttpResponse<String> send(
      TestClient client, String path, String body, String... headers) throws Exception {
    return client.send(client.to(path, headers).POST(BodyPublishers.ofString(body)));
  }
}
