package framewise.server.service.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.AccessFixture;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import framewise.testing.PostgresServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Limits and functions of a single service also hold for several nodes together. */
@Timeout(300)
class LimitsHoldOverAllNodesTest {
  private static final String LIVE =
      "{\"prompt\":\"Describe what changes\",\"pace\":\"realtime\",\"delay_seconds\":0.5,\"loop\":true}";

  @TempDir Path folder;

  @Test
  void wrongPasswordsCountOnAllNodes() throws Exception {
    try (var nodes = Nodes.start(folder, 2)) {
      var _ = new AccessFixture(nodes.client(0));
      // A node sees the first account a moment after another one has stored it.
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> guess(nodes.client(1)).statusCode() == 401);
      // Each further wrong password doubles the wait.
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> secondsToWait(guess(nodes.client(1))) >= 8);
      HttpResponse<String> refused = guess(nodes.client(0));
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(429);
      assertThat(secondsToWait(refused)).isPositive();
    }
  }

  /** Seen: 16 calls at two nodes opened 10 streams, although 5 were allowed. */
  @Test
  void streamsOfAKeyCountOnAllNodes() throws Exception {
    String database = PostgresServer.shared().newDatabase();
    try (var nodes =
            Nodes.start(folder, database, 2, Map.of("FRAMEWISE_MAX_STREAMS_PER_KEY", "5"));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var access = new AccessFixture(nodes.client(0));
      for (int round = 0; round < 3; round++) {
        String[] key = access.key("operator");
        await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> nodes.client(1).get("/sessions", key).statusCode() == 200);
        var together = new CyclicBarrier(16);
        List<Future<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
          TestClient client = nodes.client(i % 2);
          calls.add(
              threads.submit(
                  () -> {
                    together.await();
                    return opened(client, key);
                  }));
        }
        int open = 0;
        for (Future<Integer> call : calls) {
          open += call.get() == 201 ? 1 : 0;
        }
        assertThat(open).isEqualTo(5);
      }
    }
  }

  private static int opened(TestClient client, String... key) throws Exception {
    return client
        .send(client.to("/v1beta/streams", key).POST(BodyPublishers.ofString("{}")))
        .statusCode();
  }

  @Test
  void agentsCanUseAnyNode() throws Exception {
    try (var nodes = Nodes.start(folder, 2)) {
      String id = nodes.client(0).stream(TestVideos.moving(folder, 4), LIVE);
      int owner = nodes.owner(id, 0);
      JsonNode result = look(nodes.client(1 - owner), id);
      assertThat(result.at("/isError").asBoolean()).as(result.toString()).isFalse();
      // The answer is in the session's log.
      String about = result.at("/content/1/text").asText();
      assertThat(TestClient.JSON.readTree(about).path("evidence_id").asText() + about)
          .contains(TestClient.JSON.readTree(about).path("stream").asText());
      assertThat(nodes.client(owner).get("/sessions/" + id + "/results?limit=500").body())
          .contains("Is there a door?");
      JsonNode unknown = look(nodes.client(1 - owner), "nobody");
      assertThat(unknown.at("/content/0/text").asText()).contains("no stream");
    }
  }

  @Test
  void sessionsStartOnTheNodeWithMostRoom() throws Exception {
    try (var nodes = Nodes.start(folder, 0)) {
      nodes.add(Map.of("FRAMEWISE_MAX_STREAMS", "2"));
      nodes.add(Map.of("FRAMEWISE_MAX_STREAMS", "40"));
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> room(nodes, 0) == 2 && room(nodes, 1) == 40);
      assertThat(started(nodes, 0)).isZero();
      await().atMost(Duration.ofSeconds(10)).until(() -> room(nodes, 0) == 1);
      assertThat(started(nodes, 1)).isEqualTo(1);
      assertThat(started(nodes, 1)).isEqualTo(1);
      await().atMost(Duration.ofSeconds(10)).until(() -> room(nodes, 1) == 38);
      assertThat(started(nodes, 0)).as("half full, though fewer stream there").isEqualTo(1);
    }
  }

  /**
   * Uploads a video at a node, starts it there, and returns where it runs. Both nodes are on the
   * same machine, which may be busy: if only one of them reports that it is too busy, the start is
   * repeated.
   */
  private int started(Nodes nodes, int at) throws Exception {
    while (true) {
      await().atMost(Duration.ofSeconds(60)).until(() -> equallyBusy(nodes));
      String session = nodes.client(at).stream(TestVideos.moving(folder, 4), LIVE);
      int owner = nodes.owner(session, at);
      if (equallyBusy(nodes)) {
        return owner;
      }
      int before = room(nodes, owner);
      assertThat(nodes.client(at).delete("/sessions/" + session).statusCode()).isEqualTo(204);
      await().atMost(Duration.ofSeconds(30)).until(() -> room(nodes, owner) != before);
    }
  }

  private static boolean equallyBusy(Nodes nodes) throws Exception {
    return TestClient.json(nodes.client(0).get("/nodes"))
            .path("nodes")
            .findValuesAsText("busy")
            .stream()
            .distinct()
            .count()
        == 1;
  }

  private static int room(Nodes nodes, int which) throws Exception {
    String url = nodes.url(which);
    return TestClient.json(nodes.client(which).get("/nodes"))
        .path("nodes")
        .valueStream()
        .filter(node -> node.path("url").asText().equals(url))
        .mapToInt(node -> node.path("room").asInt())
        .findFirst()
        .orElse(-1);
  }

  private static int secondsToWait(HttpResponse<String> response) {
    return response.headers().firstValue("Retry-After").map(Integer::parseInt).orElse(0);
  }

  private static HttpResponse<String> guess(TestClient client) throws Exception {
    return client.post("/access/sign-in", "{\"name\":\"Ada\",\"password\":\"wrong wrong wrong\"}");
  }

  private static JsonNode look(TestClient client, String stream) throws Exception {
    return client.callTool(
        "look", "{\"stream\":\"%s\",\"question\":\"Is there a door?\"}".formatted(stream));
  }
}
