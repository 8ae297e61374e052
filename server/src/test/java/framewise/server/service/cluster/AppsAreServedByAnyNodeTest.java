package framewise.server.service.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.livekit.LiveKitClient;
import framewise.server.service.EventClient;
import framewise.server.service.OpenAiStub;
import framewise.server.service.TestClient;
import framewise.server.service.overshoot.OvershootClient;
import framewise.server.service.publish.VideoSender;
import framewise.testing.PostgresServer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Apps of Overshoot and of LiveKit, behind a proxy that sends each of their calls to another node.
 * Seen: a node that forwarded a call of {@code /api/v0.2} did not forward the identity of its key,
 * so the owner answered 401; only the owner served sockets and questions about a stream's pictures.
 */
@Timeout(300)
class AppsAreServedByAnyNodeTest {
  private static final int JOIN = 1;
  private static final int ANSWER = 2;
  private static final int PONG = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final OpenAiStub model = new OpenAiStub();

  @AfterEach
  void close() {
    model.close();
  }

  @Test
  void streamsOfOvershootAreRenewedChangedReadAndClosedAnywhere() throws Exception {
    try (var nodes = start();
        var sender = new VideoSender()) {
      String id = app(nodes, 0).created(sender).path("stream_id").asText();
      assertThat(nodes.owner(id, 1)).isZero();
      OvershootClient other = app(nodes, 1);
      assertThat(other.call("POST", "/streams/" + id + "/keepalive", "").statusCode())
          .as("renewed elsewhere")
          .isEqualTo(200);
      assertThat(other.get("/streams/" + id + "/info").statusCode()).isEqualTo(200);
      HttpResponse<String> changed =
          other.call("PATCH", "/streams/" + id + "/config/prompt", "{\"prompt\":\"what now\"}");
      assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
      assertThat(TestClient.json(changed).path("prompt").asText()).isEqualTo("what now");

      // Whichever node is called, only a stream's own key gives access to it.
      for (int node = 0; node < nodes.count(); node++) {
        assertThat(keepalive(nodes, node, "ovs_other", id)).as("node %d", node).isEqualTo(404);
        assertThat(keepalive(nodes, node, "ovs_wrong", id)).as("node %d", node).isEqualTo(401);
      }

      EventClient results = app(nodes, 2).results(id);
      List<JsonNode> seen = results.until(message -> message.path("ok").asBoolean());
      assertThat(seen.getLast().path("stream_id").asText()).isEqualTo(id);
      EventClient refused = new OvershootClient(nodes.client(2), "ovs_other").results(id);
      assertThat(refused.closed().code()).isEqualTo(1008);

      HttpResponse<String> closed = other.call("DELETE", "/streams/" + id, "");
      assertThat(closed.statusCode()).as(closed.body()).isEqualTo(200);
      EventClient.Closed end = results.closed();
      assertThat(end.code()).isEqualTo(1001);
      assertThat(end.reason()).isEqualTo("stream ended: client_requested");
    }
  }

  /**
   * Seen: each node counted only its own streams, so that three nodes allowed a key three times its
   * limit.
   */
  @Test
  void streamsOfAKeyCountOnAllNodes() throws Exception {
    try (var nodes = start();
        var first = new VideoSender();
        var second = new VideoSender();
        var third = new VideoSender()) {
      String id = app(nodes, 0).created(first).path("stream_id").asText();
      JsonNode _ = app(nodes, 1).created(second);
      HttpResponse<String> refused =
          app(nodes, 2).create(OvershootClient.quickOrder(third.offer()));
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(429);
      assertThat(refused.body()).contains("2 streams open", "FRAMEWISE_MAX_STREAMS_PER_KEY");
      assertThat(app(nodes, 1).call("DELETE", "/streams/" + id, "").statusCode()).isEqualTo(200);
      assertThat(app(nodes, 2).created(third).path("stream_id").asText()).isNotEmpty();
    }
  }

  @Test
  void aClientOfOvershootWhoseNodeIsKilledLearnsItAndBeginsAnewAnywhere() throws Exception {
    try (var nodes = start();
        var first = new VideoSender();
        var second = new VideoSender()) {
      String id = app(nodes, 0).created(first).path("stream_id").asText();
      EventClient results = app(nodes, 1).results(id);
      List<JsonNode> _ = results.until(message -> message.path("ok").asBoolean());
      nodes.kill(0);
      assertThat(results.closed().code()).as("try again").isEqualTo(1012);
      OvershootClient app = app(nodes, 1);
      await()
          .atMost(PATIENCE)
          .until(() -> app.call("POST", "/streams/" + id + "/keepalive", "").statusCode() == 404);
      String next = app(nodes, 2).created(second).path("stream_id").asText();
      List<JsonNode> seen = app.results(next).until(message -> message.path("ok").asBoolean());
      assertThat(seen).isNotEmpty();
    }
  }

  /**
   * Seen: the socket stayed open without results until the grace period for the sender had passed.
   */
  @Test
  void aClientOfOvershootWhoseNodeIsDrainedLearnsItAtOnce() throws Exception {
    try (var nodes = start();
        var sender = new VideoSender()) {
      String id = app(nodes, 0).created(sender).path("stream_id").asText();
      EventClient direct = app(nodes, 0).results(id);
      EventClient relayed = app(nodes, 1).results(id);
      for (EventClient results : List.of(direct, relayed)) {
        List<JsonNode> _ = results.until(message -> message.path("ok").asBoolean());
      }
      assertThat(nodes.client(0).post("/node/drain", "").statusCode()).isEqualTo(202);
      for (EventClient results : List.of(direct, relayed)) {
        EventClient.Closed end = results.closed();
        assertThat(end.code()).isEqualTo(1001);
        assertThat(end.reason()).isEqualTo("stream ended: webrtc_disconnected");
      }
      for (int node = 0; node < nodes.count(); node++) {
        assertThat(keepalive(nodes, node, OvershootClient.KEY, id))
            .as("node %d", node)
            .isIn(404, 503);
      }
    }
  }

  @Test
  void publishersOfLiveKitJoinAnywhereAndComeBackAnywhere() throws Exception {
    try (var nodes = start();
        var first = new VideoSender();
        var second = new VideoSender()) {
      JsonNode stream = TestClient.json(post(nodes.client(0), "/v1beta/streams", "{}"));
      String id = stream.path("id").asText();
      String token = stream.at("/publish/token").asText();
      assertThat(nodes.owner(id, 1)).isZero();
      JsonNode renewed =
          TestClient.json(post(nodes.client(1), "/v1beta/streams/" + id + "/keepalive", ""));
      assertThat(renewed.at("/publish/url").asText())
          .as("the address that the client called")
          .isEqualTo("ws://127.0.0.1:" + nodes.client(1).port());
      try (var publisher = LiveKitClient.join(nodes.client(1).port(), token, first.offer())) {
        assertThat(publisher.next(JOIN).message(1).text(2)).isEqualTo(id);
        first.accept(publisher.next(ANSWER).text(2));
        publisher.ping(7);
        assertThat(publisher.next(PONG).number(1)).isEqualTo(7);
        for (int node = 0; node < nodes.count(); node++) {
          awaitAnswer(nodes.client(node), id);
        }
        nodes.kill(0);
        assertThat(publisher.closed()).isEqualTo(1012);
      }
      TestClient other = nodes.client(2);
      await()
          .atMost(PATIENCE)
          .until(() -> post(other, "/v1beta/streams/" + id + "/keepalive", "").statusCode() == 200);
      int owner = nodes.owner(id, 2);
      try (var publisher =
          LiveKitClient.join(nodes.client(3 - owner).port(), token, second.offer())) {
        publisher.next(JOIN);
        second.accept(publisher.next(ANSWER).text(2));
        for (int node = 1; node < nodes.count(); node++) {
          awaitAnswer(nodes.client(node), id);
        }
      }
    }
  }

  @Test
  void aNodeWithoutRoomLetsAnotherMakeTheStream() throws Exception {
    try (var nodes = start();
        var sender = new VideoSender()) {
      assertThat(nodes.client(0).post("/node/drain", "").statusCode()).isEqualTo(202);
      String id = app(nodes, 0).created(sender).path("stream_id").asText();
      assertThat(nodes.owner(id, 0)).isPositive();
      HttpResponse<String> made = post(nodes.client(0), "/v1beta/streams", "{}");
      assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
      assertThat(nodes.owner(TestClient.json(made).path("id").asText(), 0)).isPositive();
    }
  }

  private Nodes start() throws IOException {
    Map<String, String> settings = new HashMap<>(model.settings());
    settings.put("FRAMEWISE_API_KEYS", OvershootClient.KEY + ",ovs_other");
    settings.put("FRAMEWISE_MAX_STREAMS_PER_KEY", "2");
    return Nodes.start(folder, PostgresServer.shared().newDatabase(), 3, settings);
  }

  private static OvershootClient app(Nodes nodes, int node) {
    return new OvershootClient(nodes.client(node), OvershootClient.KEY);
  }

  private static int keepalive(Nodes nodes, int node, String key, String stream)
      throws IOException, InterruptedException {
    return new OvershootClient(nodes.client(node), key)
        .call("POST", "/streams/" + stream + "/keepalive", "")
        .statusCode();
  }

  private static HttpResponse<String> post(TestClient client, String path, String body)
      throws IOException, InterruptedException {
    return client.send(
        client
            .to(
                path,
                "Authorization",
                "Bearer " + OvershootClient.KEY,
                "Content-Type",
                "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  /** Asks about the newest picture until there is one. */
  private static void awaitAnswer(TestClient client, String stream) {
    String question =
        ("{\"model\":\"openai\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\","
                + "\"text\":\"what is it\"},{\"type\":\"image_url\","
                + "\"image_url\":{\"url\":\"ovs://streams/%s?frame_index=-1\"}}]}]}")
            .formatted(stream);
    await()
        .atMost(PATIENCE)
        .until(() -> post(client, "/v1beta/chat/completions", question).statusCode() == 200);
  }
}
