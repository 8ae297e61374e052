package framewise.server.service.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.overshoot.Secret;
import framewise.server.cluster.ForwardSignature;
import framewise.server.service.EventClient;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes without a proxy: each call goes to a node that doesn't own the session. */
@Timeout(300)
class AnyNodeAnswersAnyCallTest {
  private static final String LIVE =
      "{\"prompt\":\"Describe what changes\",\"pace\":\"realtime\",\"delay_seconds\":0.5,\"loop\":true}";

  private static final int RESULTS = 3;

  @TempDir Path folder;

  @Test
  void whicheverNodeOwnsTheSession() throws Exception {
    try (var nodes = Nodes.start(folder, 3)) {
      JsonNode list = TestClient.json(nodes.client(1).get("/nodes"));
      assertThat(list.path("clustered").asBoolean()).isTrue();
      assertThat(list.path("nodes")).hasSize(3).allMatch(node -> node.path("alive").asBoolean());

      String id = nodes.client(0).stream(TestVideos.moving(folder, 4), LIVE);
      int owner = nodes.owner(id, 2);
      List<Integer> others = IntStream.range(0, 3).filter(i -> i != owner).boxed().toList();
      TestClient asked = nodes.client(others.getFirst());
      TestClient other = nodes.client(others.getLast());

      // Nodes that don't own the session deliver the same events.
      List<EventClient> sockets = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        sockets.add(nodes.client(i).socket("/ws/" + id + "?since=0"));
      }
      List<List<JsonNode>> seen = new ArrayList<>();
      for (EventClient socket : sockets) {
        // Count results, not events: a busy machine drops clips, which adds events.
        var results = new AtomicInteger();
        seen.add(
            socket.until(
                event ->
                    (event.path("type").asText().equals("result")
                                ? results.incrementAndGet()
                                : results.get())
                            >= RESULTS
                        && event.path("seq").asLong() >= 8));
      }
      assertThat(seen.get(1)).isEqualTo(seen.get(0));
      assertThat(seen.get(2)).isEqualTo(seen.get(0));
      requireNoGap(seen.getFirst());

      // The owner carries out a call to another node.
      HttpResponse<String> changed =
          asked.send(
              asked
                  .to("/sessions/" + id, "Content-Type", "application/json")
                  .method("PATCH", BodyPublishers.ofString("{\"name\":\"Yard\"}")));
      assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
      assertThat(TestClient.json(other.get("/sessions/" + id)).path("name").asText())
          .isEqualTo("Yard");
      HttpResponse<String> prompted =
          other.post("/update-prompt/" + id, "{\"prompt\":\"Read any visible text\"}");
      assertThat(prompted.statusCode()).as(prompted.body()).isEqualTo(200);
      JsonNode updated = sockets.get(others.getFirst()).next("prompt_updated");
      assertThat(updated.path("prompt").asText()).isEqualTo("Read any visible text");
      assertThat(other.post("/update-prompt/" + id, "{\"prompt\":7}").statusCode()).isEqualTo(422);
      HttpResponse<byte[]> snapshot =
          asked.sendForBytes(asked.to("/sessions/" + id + "/snapshot.jpg").GET());
      assertThat(snapshot.statusCode()).isEqualTo(200);
      assertThat(snapshot.body()).startsWith(0xff, 0xd8);

      // Any node answers calls for data in the database itself.
      String csv = asked.get("/sessions/" + id + "/results.csv").body();
      assertThat(csv.lines().count()).as("%s of %s", csv, seen.getFirst()).isGreaterThan(RESULTS);
      assertThat(TestClient.json(asked.get("/sessions")).path("total").asInt()).isEqualTo(1);
      HttpResponse<String> video = asked.get("/sessions/" + id + "/video", "Range", "bytes=0-99");
      assertThat(video.statusCode()).isEqualTo(206);

      HttpResponse<String> stopped = asked.post("/stop-stream/" + id, "");
      assertThat(stopped.statusCode()).as(stopped.body()).isEqualTo(200);
      for (int i = 0; i < 3; i++) {
        List<JsonNode> rest = sockets.get(i).untilEnd();
        assertThat(rest.getLast().path("status").asText()).isEqualTo("stopped");
        assertThat(sockets.get(i).closed().code()).isEqualTo(1000);
      }
      assertThat(other.delete("/sessions/" + id).statusCode()).isEqualTo(204);
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> nodes.client(owner).get("/sessions/" + id).statusCode() == 404);
      assertThat(asked.get("/sessions/" + id).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void onlyNodesForwardCallsAndEachCountsOnce() throws Exception {
    try (var nodes = Nodes.start(folder, 2)) {
      TestClient client = nodes.client(0);
      String receiver =
          TestClient.json(client.get("/nodes"))
              .path("nodes")
              .valueStream()
              .filter(node -> node.path("self").asBoolean())
              .findFirst()
              .orElseThrow()
              .path("id")
              .asText();
      String caller =
          Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(
                  "{\"kind\":\"KEY\",\"id\":\"k\",\"name\":\"k\",\"role\":\"viewer\",\"address\":\"192.0.2.7\"}"
                      .getBytes(StandardCharsets.UTF_8));
      var right = new ForwardSignature(Secret.of(Nodes.KEY));
      var call = ForwardSignature.Call.of("GET", "/sessions?limit=1", new byte[0]);
      String header = right.sign(call, receiver, caller, Instant.now());
      assertThat(signed(client, "/sessions?limit=1", header).statusCode()).isEqualTo(200);
      assertThat(signed(client, "/sessions?limit=1", header).statusCode())
          .as("used a second time")
          .isEqualTo(401);
      String fresh = right.sign(call, receiver, caller, Instant.now());
      assertThat(signed(client, "/sessions?limit=2", fresh).statusCode())
          .as("another query")
          .isEqualTo(401);
      assertThat(signed(nodes.client(1), "/sessions?limit=1", fresh).statusCode())
          .as("another node")
          .isEqualTo(401);
      assertThat(
              signed(
                      client,
                      "/sessions?limit=1",
                      right.sign(call, receiver, caller, Instant.now().minusSeconds(60)))
                  .statusCode())
          .as("too old")
          .isEqualTo(401);
      var wrong = new ForwardSignature(Secret.of("x".repeat(40)));
      assertThat(
              signed(client, "/sessions?limit=1", wrong.sign(call, receiver, caller, Instant.now()))
                  .statusCode())
          .as("another key")
          .isEqualTo(401);
      // The caller's role is the one in the signed headers.
      var admins = ForwardSignature.Call.of("GET", "/usage", new byte[0]);
      assertThat(
              signed(client, "/usage", right.sign(admins, receiver, caller, Instant.now()))
                  .statusCode())
          .isEqualTo(403);
    }
  }

  private static HttpResponse<String> signed(TestClient client, String path, String header)
      throws Exception {
    return client.get(path, ForwardSignature.HEADER, header);
  }

  private static void requireNoGap(List<JsonNode> events) {
    assertThat(events)
        .extracting(event -> event.path("seq").asLong())
        .containsExactlyElementsOf(LongStream.rangeClosed(1, events.size()).boxed().toList());
  }
}
